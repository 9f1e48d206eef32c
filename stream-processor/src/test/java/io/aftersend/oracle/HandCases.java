package io.aftersend.oracle;

import java.util.List;

/// The definitions of the metrics as small cases. Every number here was worked out by hand.
public final class HandCases {
  private HandCases() {}

  /// All of them.
  public static List<HandCase> all() {
    return List.of(
        openRateIsAnInterval(),
        clickThroughBothWays(),
        clickerIsAnOpener(),
        convertersWithAndWithoutMessage(),
        orderCountsOnce(),
        orderOfSeveral(),
        returnInTheCurrencyOfTheCost(),
        returnInAnotherCurrency(),
        bouncesByFinalState(),
        bouncesByCode(),
        deliveredWhereNobodyReportsIt(),
        inferredForwardsApart(),
        nothingSent(),
        providersHitsApart(),
        providersHitsWhereTheyCount(),
        testsAndRepeats(),
        campaignToldLater(),
        quartersOfAnHour(),
        zoneOfWhatCounts());
  }

  private static HandCase openRateIsAnInterval() {
    return HandCase.of("the open rate is an interval")
        .events(
            "sent 1-10",
            "bounced 10 class=hard",
            "opened 1-3 agent=firefox",
            "opened 1 agent=apple",
            "clicked 3-4 agent=safari",
            "opened 5-6 agent=apple",
            "clicked 7 agent=barracuda")
        .expects(
            "open_rate_lower = 4 / 9",
            "open_rate_upper = 7 / 9",
            "open_rate_adjusted = 4 / 7",
            "open_rate_prefetch_share = 2 / 9",
            "opened.total = 6",
            "opened.unique = 5",
            "opened.human_total = 3",
            "opened.human_unique = 3");
  }

  private static HandCase clickThroughBothWays() {
    return HandCase.of("click-through by messages and by clicks")
        .events(
            "sent 1-8",
            "clicked 1 agent=firefox",
            "clicked 1 agent=firefox at=1440",
            "clicked 1 agent=iphone at=2880",
            "clicked 1 head at=4000",
            "clicked 2 agent=apple",
            "clicked 3 agent=sentinel",
            "clicked 4 prefetch",
            "unsubscribe_viewed 5 agent=firefox",
            "attachment_opened 6 agent=firefox")
        .expects(
            "click_through_rate = 2 / 8",
            "click_through_rate_total = 4 / 8",
            "clicked.total = 7",
            "clicked.unique = 4",
            "clicked.human_total = 4",
            "clicked.human_unique = 2",
            "unsubscribe_viewed.unique = 1",
            "open_rate_upper = 4 / 8",
            "open_rate_prefetch_share = 1 / 8");
  }

  private static HandCase clickerIsAnOpener() {
    return HandCase.of("a clicker is an opener in rates, and in no count")
        .events("sent 1-8", "opened 1-3 agent=gmail", "clicked 3-5 agent=firefox")
        .expects(
            "click_to_open_rate = 3 / 5",
            "open_rate_lower = 5 / 8",
            "opened.unique = 3",
            "opened.human_unique = 3");
  }

  private static HandCase convertersWithAndWithoutMessage() {
    return HandCase.of("a converter is a message, else a recipient, else an order, else an event")
        .events(
            "sent 1-10",
            "converted 1",
            "converted 1 at=5",
            "converted 2",
            "converted - recipient=r50",
            "converted - recipient=r50 at=5",
            "converted - order=A-1",
            "converted - order=A-1 at=5",
            "converted -",
            "converted - at=5",
            "converted 3 head",
            "converted - recipient=r51 no-campaign")
        .expects("conversion_rate = 6 / 10", "converted.total = 9", "converted.unique = 7");
  }

  private static HandCase orderCountsOnce() {
    return HandCase.of("the same order counts once")
        .events(
            "sent 1-4",
            "converted 1 order=77 value=10 currency=AZN",
            "converted 1 order=77 value=10 currency=AZN at=5",
            "converted 1 order=78 value=0.1 currency=AZN",
            "converted 2 order=79 value=0.2 currency=AZN",
            "converted 3 head order=80 value=3 currency=AZN",
            "converted 4 order=80 value=3 currency=AZN")
        .expects("conversion_rate = 3 / 4", "converted.total = 5", "revenue.AZN = 13.3");
  }

  private static HandCase orderOfSeveral() {
    return HandCase.of("the same order counts for the first that names it")
        .inOrder()
        .events(
            "sent 1-4",
            "converted - recipient=r8 no-campaign order=77 value=10 currency=AZN",
            "converted 3 head order=77 value=10 currency=AZN",
            "converted 1 order=77 value=10 currency=AZN",
            "converted 2 order=77 value=10 currency=AZN",
            "converted - recipient=r9 order=77 value=10 currency=AZN",
            "converted - order=77 value=10 currency=AZN")
        .expects("conversion_rate = 1 / 4", "converted.total = 2", "revenue.AZN = 10");
  }

  private static HandCase returnInTheCurrencyOfTheCost() {
    return HandCase.of("return on investment takes the revenue in the currency of the cost")
        .with(CampaignTerms.costing("100", "AZN"))
        .events(
            "sent 1-10",
            "converted 1 value=600 currency=AZN",
            "converted 2 value=400.000001 currency=AZN",
            "converted 3 value=50 currency=EUR",
            "converted 4 value=7",
            "converted 5 value=1000 currency=AZN head")
        .expects(
            "roi = 900.000001 / 100",
            "revenue.AZN = 1000.000001",
            "revenue.EUR = 50",
            "revenue.XXX = 7");
  }

  private static HandCase returnInAnotherCurrency() {
    return HandCase.of("return on investment may be a loss")
        .with(CampaignTerms.costing("80.5", "EUR"))
        .events(
            "sent 1-10", "converted 1 value=1000 currency=AZN", "converted 2 value=50 currency=EUR")
        .expects("roi = -30.5 / 80.5");
  }

  private static HandCase bouncesByFinalState() {
    return HandCase.of("a bounce is what stands in the end")
        .events(
            "sent 1-12",
            "bounced 1 class=hard",
            "delivered 2 at=9",
            "bounced 2 class=soft",
            "bounced 3 class=soft at=9",
            "delivered 3",
            "bounced 4 class=block",
            "bounced 5 class=hard",
            "delivered 5 at=9",
            "deferred 6",
            "delivered 6 at=9",
            "dropped 7",
            "bounced 8 class=soft at=9",
            "delivered 8 at=9",
            "bounced 9 class=soft",
            "bounced 9 class=block",
            "dropped 10",
            "bounced 10 class=soft",
            "delivered 11")
        .expects(
            "bounce_rate = 6 / 12",
            "bounce_rate_hard = 2 / 12",
            "bounce_rate_soft = 2 / 12",
            "bounce_rate_block = 2 / 12",
            "delivery_rate = 4 / 12",
            "bounced.total = 9",
            "bounced.unique = 8",
            "open_rate_lower = 0 / 6");
  }

  private static HandCase bouncesByCode() {
    return HandCase.of("a bounce without a class has that of its code")
        .events(
            "sent 1-6",
            "bounced 1 code=5.1.1",
            "bounced 2 code=5.2.2",
            "bounced 3 code=5.7.1",
            "bounced 4 code=4.4.7",
            "bounced 5 code=5.2.1")
        .expects(
            "bounce_rate = 5 / 6",
            "bounce_rate_hard = 2 / 6",
            "bounce_rate_soft = 2 / 6",
            "bounce_rate_block = 1 / 6");
  }

  private static HandCase deliveredWhereNobodyReportsIt() {
    return HandCase.of("without any delivered event, delivered is sent less bounced and dropped")
        .events(
            "sent 1-10",
            "bounced 9-10 class=hard",
            "dropped 8",
            "unsubscribed 1",
            "unsubscribed 1 at=5",
            "complained 2",
            "replied 1 auto",
            "replied 2",
            "replied 2 at=5",
            "replied 3")
        .expects(
            "delivery_rate = 7 / 10",
            "unsubscribe_rate = 1 / 7",
            "complaint_rate = 1 / 7",
            "reply_rate = 2 / 7",
            "unsubscribed.total = 2",
            "replied.unique = 3");
  }

  private static HandCase inferredForwardsApart() {
    return HandCase.of("inferred forwards stand apart")
        .events(
            "sent 1-20",
            "forwarded 1",
            "forwarded 1 at=5",
            "forwarded 2 inferred=no",
            "forwarded 3-5 inferred",
            "forwarded 6 head")
        .expects("forward_rate = 3 / 20", "forward_rate_inferred = 3 / 20", "forwarded.total = 7");
  }

  private static HandCase nothingSent() {
    return HandCase.of("a campaign of which no sends are known")
        .events("clicked 1 agent=firefox", "bounced 2 class=hard", "unsubscribed 1", "converted 1")
        .expects(
            "click_through_rate = 1 / 0",
            "click_to_open_rate = 1 / 1",
            "conversion_rate = 1 / 0",
            "bounce_rate = 1 / 0",
            "open_rate_lower = 1 / 0",
            "open_rate_adjusted = 1 / 0",
            "delivery_rate = 0 / 0",
            "unsubscribe_rate = 1 / 0",
            "reply_rate = 0 / 0",
            "roi = 0 / 0");
  }

  private static final String[] OWN_AND_PROVIDERS = {
    "sent 1-10",
    "opened 1-2 agent=firefox",
    "clicked 1 agent=firefox",
    "opened 2-6 provider agent=firefox",
    "opened 7 provider agent=apple",
    "clicked 2-4 provider agent=firefox",
    "clicked 2 provider agent=firefox at=30",
    "delivered 1-8 provider"
  };

  private static HandCase providersHitsApart() {
    return HandCase.of("a provider's opens and clicks stand beside ours")
        .events(OWN_AND_PROVIDERS)
        .expects(
            "click_through_rate = 1 / 10",
            "open_rate_lower = 2 / 10",
            "open_rate_upper = 2 / 10",
            "delivery_rate = 8 / 10",
            "opened.total = 2",
            "opened event own  60 = 2/2/2",
            "opened event provider  60 = 6/5/5");
  }

  private static HandCase providersHitsWhereTheyCount() {
    return HandCase.of("a provider's opens and clicks count where the sender says so")
        .with(CampaignTerms.PROVIDER)
        .events(OWN_AND_PROVIDERS)
        .expects(
            "click_through_rate = 3 / 10",
            "click_through_rate_total = 4 / 10",
            "click_to_open_rate = 3 / 5",
            "open_rate_lower = 5 / 10",
            "open_rate_upper = 6 / 10",
            "open_rate_adjusted = 5 / 9",
            "delivery_rate = 8 / 10");
  }

  private static HandCase testsAndRepeats() {
    return HandCase.of("tests never count, repeats of a message once")
        .events(
            "sent 1-5",
            "sent 6 test",
            "opened 6 test",
            "clicked 1 id=c",
            "clicked 1 id=c",
            "clicked 2 id=c",
            "clicked 1 test",
            "converted 1 test order=1 value=5 currency=AZN",
            "converted 1 order=1 value=5 currency=AZN")
        .expects(
            "click_through_rate = 2 / 5",
            "click_through_rate_total = 2 / 5",
            "conversion_rate = 1 / 5",
            "revenue.AZN = 5",
            "sent.total = 5");
  }

  private static HandCase campaignToldLater() {
    return HandCase.of("an event counts for the campaign that its message is told later")
        .events(
            "opened 1 no-campaign",
            "clicked 1 no-campaign at=5",
            "sent 1-2",
            "opened 2 no-campaign",
            "opened 3 no-campaign",
            "opened - recipient=r1 no-campaign")
        .expects(
            "open_rate_lower = 2 / 2",
            "click_through_rate = 1 / 2",
            "opened.total = 2",
            "opened.human_unique = 2");
  }

  private static HandCase quartersOfAnHour() {
    return HandCase.of("quarters of an hour, with the first of each message")
        .events(
            "opened 1 at=40",
            "opened 1 at=14",
            "opened 1 at=3 head",
            "opened 2 at=15",
            "opened 2 at=29",
            "sent 1-2 at=-20 zone=Asia/Kathmandu",
            "sent 3 at=-10 zone=Asia/Tehran",
            "clicked 3 at=60",
            "replied 3 at=61 auto",
            "replied 3 at=76")
        .expects(
            "opened event own Asia/Kathmandu 0 = 2/1/1",
            "opened event own Asia/Kathmandu 15 = 2/2/1",
            "opened event own Asia/Kathmandu 30 = 1/1/0",
            "opened sent own Asia/Kathmandu -30 = 5/4/2",
            "sent event own Asia/Kathmandu -30 = 2/2/2",
            "sent event own Asia/Tehran -15 = 1/1/1",
            "clicked event own Asia/Tehran 60 = 1/1/1",
            "clicked sent own Asia/Tehran -15 = 1/1/1",
            "replied event own Asia/Tehran 60 = 1/0/0",
            "replied event own Asia/Tehran 75 = 1/1/1");
  }

  private static HandCase zoneOfWhatCounts() {
    return HandCase.of("what does not count tells no zone")
        .events(
            "sent 1 at=0",
            "opened 1 at=5 test zone=Asia/Baku",
            "converted 1 order=77 at=20",
            "converted 1 order=77 at=40 zone=Asia/Tehran",
            "sent 2 at=0",
            "converted 2 order=78 at=40 zone=Asia/Tehran")
        .expects("sent event own  0 = 1/1/1", "sent event own Asia/Tehran 0 = 1/1/1");
  }
}
