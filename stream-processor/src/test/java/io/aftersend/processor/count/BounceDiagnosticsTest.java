package io.aftersend.processor.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What mail servers and providers really answer, with the class that a person gives it who reads
/// the whole sentence: is the address dead, was there no room or time, or was the sender refused?
final class BounceDiagnosticsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          HARD |550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or unnecessary spaces. - gsmtp
          HARD |550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser - gsmtp
          HARD |550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
          HARD |550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB5EUR01FT012.eop-EUR01.prod.protection.outlook.com]
          HARD |550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [BN3NAM04FT058.eop-NAM04.prod.protection.outlook.com]
          HARD |550 5.4.310 DNS domain example.invalid does not exist [Message=InfoDomainNonexistent]
          HARD |554 delivery error: dd This user doesn't have a yahoo.com account (someone@yahoo.com) [0] - mta1012.mail.gq1.yahoo.com
          HARD |554 30 Sorry, your message to someone@aol.com cannot be delivered. This mailbox is disabled (554.30).
          HARD |552 1 Requested mail action aborted, mailbox not found
          HARD |550 5.1.1 <someone@icloud.com>: user does not exist
          HARD |550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown in virtual mailbox table
          HARD |550 5.1.1 <someone@example.com>: Recipient address rejected: User unknown in relay recipient table
          HARD |550 <someone@example.com>: Recipient address rejected: User unknown; see our policy
          HARD |host mx.example.com[192.0.2.25] said: 550 5.1.1 <someone@example.com>... User unknown (in reply to RCPT TO command)
          HARD |5.1.2 <someone@example.invalid>... Host unknown (Name server: example.invalid.: host not found)
          HARD |Host or domain name not found. Name service error for name=example.invalid type=A: Host not found. Status: 5.4.4
          HARD |550 5.1.2 unknown host or domain (user@example.invalid)
          HARD |556 5.1.10 Recipient address has null MX
          HARD |550 Unrouteable address
          HARD |550 Message was not accepted -- invalid mailbox. Local mailbox someone@mail.ru is unavailable: user not found
          HARD |550 5.7.17 Mailbox owner has changed
          HARD |550 5.7.18 Domain owner has changed
          HARD |550 Requested action not taken: mailbox unavailable For explanation visit https://www.gmx.net/mail/senderguidelines?c=rd
          HARD |550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]
          HARD |550 5.2.1 This mailbox has been blocked due to inactivity (#5.2.1)
          HARD |550 sorry, no mailbox here by that name (#5.1.1)
          HARD |550 5.1.1 unknown or illegal alias: someone@example.com
          HARD |551 not our customer
          HARD |551 user does not exist
          HARD |553 Invalid/inactive user.
          HARD |550 5.1.6 Mailbox no longer on this server
          HARD |550 5.1.3 Invalid recipient address syntax
          HARD |501 5.1.3 Bad recipient address syntax
          HARD |550 5.1.0 Address rejected.
          HARD |550 No such user here
          HARD |X-Postfix; unknown user: "someone"
          HARD |550 5.0.0 <someone@example.com>... User unknown
          HARD |554 5.3.0 unknown mailer error: 550 User unknown
          HARD |smtp; failed permanently with status 5.1.1.
          HARD |550 #5.1.0 Address rejected someone@example.com
          SOFT |552-5.2.2 The email account that you tried to reach is over quota. Please direct 552-5.2.2 the recipient to https://support.google.com/mail/?p=OverQuotaPerm - gsmtp
          SOFT |552-5.2.2 The recipient's inbox is out of storage space and inactive. - gsmtp
          SOFT |452-4.2.2 The recipient's inbox is out of storage space. - gsmtp
          SOFT |552 5.2.3 Your message exceeded Google's message size limits. - gsmtp
          SOFT |550-5.2.1 The user you are trying to contact is receiving mail at a rate that 550-5.2.1 prevents additional messages from being delivered. - gsmtp
          SOFT |450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.
          SOFT |554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded
          SOFT |552 5.2.2 This message is larger than the current system limit or the recipient's mailbox is full.
          SOFT |550 5.1.1 <someone@example.com>: Recipient address rejected: mailbox full
          SOFT |552 5.2.2 <someone@icloud.com>: user is over quota
          SOFT |422 4.2.2 Mailbox full
          SOFT |550 someone@example.com mailbox is full (in reply to RCPT TO command)
          SOFT |452 4.3.1 Insufficient system storage
          SOFT |452 Too many recipients received this hour (throttled)
          SOFT |421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
          SOFT |451 4.7.1 Greylisting in action, please come back later
          SOFT |451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)
          SOFT |450 4.1.1 <someone@example.com>: Recipient address rejected: unverified address
          SOFT |421 4.4.2 Connection dropped due to SocketError
          SOFT |4.4.7 Message expired: delivery time expired
          SOFT |554 5.4.7 [internal] exceeded max time without delivery
          SOFT |550 5.4.316 Message expired, connection refused(Socket error code 10061)
          SOFT |554 5.4.6 Hop count exceeded - possible mail loop
          SOFT |554 5.4.14 Hop count exceeded - possible mail loop ATTR34
          SOFT |connect to mx.example.com[192.0.2.25]:25: Connection timed out
          SOFT |550 5.3.2 STOREDRV.Deliver; Recipient mailbox is unavailable for delivery right now, system not accepting network messages
          SOFT |552 5.3.4 Message size exceeds fixed limit
          SOFT |503 5.5.1 Error: need MAIL command
          SOFT |451 mta1012.mail.gq1.yahoo.com Resources temporarily unavailable. Please try again later [#4.16.1].
          SOFT |450 too frequent connects from 198.51.100.135, please try again later.
          BLOCK|550-5.7.1 [192.0.2.1 12] Our system has detected that this message is likely unsolicited mail. - gsmtp
          BLOCK|550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp
          BLOCK|552-5.7.0 This message was blocked because its content presents a potential security issue. - gsmtp
          BLOCK|550 5.7.515 Access denied, sending domain example.com doesn't meet the required authentication level.
          BLOCK|550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/
          BLOCK|550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification and has a DMARC policy of reject.
          BLOCK|550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).
          BLOCK|550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required
          BLOCK|554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes
          BLOCK|553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list
          BLOCK|554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137
          BLOCK|554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org
          BLOCK|550 5.7.1 <someone@example.com>: Relay access denied
          BLOCK|553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
          BLOCK|554-mx.example.com Your access to this mail system has been rejected due to the sending MTA's poor reputation.
          BLOCK|550 5.1.8 <bounces@sender.example>: Sender address rejected: Domain not found
          BLOCK|550 5.1.0 <bounces@sender.example> sender rejected. ACL_A
          BLOCK|550 <bounces@sender.example>: Sender address rejected: User unknown
          BLOCK|550-Verification failed for <bounces@sender.example> 550 Sender verify failed
          BLOCK|554 5.7.1 [P4] Message blocked due to spam content in the message.
          BLOCK|550 High probability of spam
          BLOCK|554 IP=192.0.2.1 - A problem occurred. None/bad reputation. Ask your postmaster for help
          BLOCK|554 5.6.0 Corrupt message content
          BLOCK|554 Email rejected per SPF policy
          BLOCK|554 5.5.0 Client host blocked by blocklist
          BLOCK|571 Message Refused; listed in dnsbl
          """)
  void areUnderstoodAsAPersonWould(BounceClass expected, String diagnostic) {
    assertThat(BounceClass.of(null, null, null, diagnostic)).isEqualTo(expected);
    assertThat(BounceClass.of(null, "5.0.0", null, diagnostic))
        .as("with a code that says nothing")
        .isEqualTo(expected);
  }

  @Test
  void areUnderstoodWithoutTheNameOfTheRecipient() {
    assertThat(BounceClass.of(null, null, 550, "550 <spam.policy@example.com> rejected"))
        .isEqualTo(BounceClass.HARD);
    assertThat(BounceClass.of(null, null, 550, "550 rejected as spam"))
        .isEqualTo(BounceClass.BLOCK);
  }

  @Test
  void areUnderstoodOverTheLinesOfAReply() {
    assertThat(
            BounceClass.of(
                null, "5.0.0", 554, "554-The address does not\r\n554-exist, says our spam filter"))
        .isEqualTo(BounceClass.HARD);
  }
}
