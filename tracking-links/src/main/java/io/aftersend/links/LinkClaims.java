package io.aftersend.links;

import org.jspecify.annotations.Nullable;

/// What a token says about the message, recipient and link that it stands for. Only the tenant is
/// required, and the target URL where the endpoint redirects. Ids are 1 to 64 of `A-Z a-z 0-9 . _ ~
/// -`; the recipient is an opaque reference, never an address. Values are checked when they are
/// signed, not here.
///
/// @param targetUrl before signing the sender's URL, after verifying the signed one, in which
///   spaces and non-ASCII characters are percent-encoded
/// @param position where the pixel stands, for opens
/// @param isTest whether the message is a proof or seed mail, stored but never counted
/// @param trackedLinks the number of tracked links in the message, 0 to 65535
/// @param issuedAtSeconds epoch seconds of signing, 0 to 2^40 - 1
/// @param fileName free text up to 200 characters, for attachments
/// @param channel id of the way a share takes, for forwards
public record LinkClaims(
    String tenant,
    @Nullable String campaign,
    @Nullable String message,
    @Nullable String recipient,
    @Nullable String list,
    @Nullable String link,
    @Nullable String targetUrl,
    TrackingMode trackingMode,
    @Nullable String variant,
    @Nullable PixelPosition position,
    @Nullable String account,
    boolean isTest,
    @Nullable Integer trackedLinks,
    @Nullable Long issuedAtSeconds,
    @Nullable String fileName,
    @Nullable String channel) {

  /// A builder with nothing but the tenant set, in mode [TrackingMode#FULL].
  public static Builder forTenant(String tenant) {
    return new Builder(tenant);
  }

  /// A builder that starts from these claims.
  public Builder toBuilder() {
    return new Builder(tenant)
        .campaign(campaign)
        .message(message)
        .recipient(recipient)
        .list(list)
        .link(link)
        .targetUrl(targetUrl)
        .trackingMode(trackingMode)
        .variant(variant)
        .position(position)
        .account(account)
        .test(isTest)
        .trackedLinks(trackedLinks)
        .issuedAtSeconds(issuedAtSeconds)
        .fileName(fileName)
        .channel(channel);
  }

  /// A mutable collector of claims, for one thread. Null takes a field out again.
  public static final class Builder {
    private final String tenant;
    private @Nullable String campaign;
    private @Nullable String message;
    private @Nullable String recipient;
    private @Nullable String list;
    private @Nullable String link;
    private @Nullable String targetUrl;
    private TrackingMode trackingMode = TrackingMode.FULL;
    private @Nullable String variant;
    private @Nullable PixelPosition position;
    private @Nullable String account;
    private boolean isTest;
    private @Nullable Integer trackedLinks;
    private @Nullable Long issuedAtSeconds;
    private @Nullable String fileName;
    private @Nullable String channel;

    private Builder(String tenant) {
      this.tenant = tenant;
    }

    public Builder campaign(@Nullable String value) {
      campaign = value;
      return this;
    }

    public Builder message(@Nullable String value) {
      message = value;
      return this;
    }

    public Builder recipient(@Nullable String value) {
      recipient = value;
      return this;
    }

    public Builder list(@Nullable String value) {
      list = value;
      return this;
    }

    public Builder link(@Nullable String value) {
      link = value;
      return this;
    }

    public Builder targetUrl(@Nullable String value) {
      targetUrl = value;
      return this;
    }

    public Builder trackingMode(TrackingMode value) {
      trackingMode = value;
      return this;
    }

    public Builder variant(@Nullable String value) {
      variant = value;
      return this;
    }

    public Builder position(@Nullable PixelPosition value) {
      position = value;
      return this;
    }

    public Builder account(@Nullable String value) {
      account = value;
      return this;
    }

    public Builder test(boolean value) {
      isTest = value;
      return this;
    }

    public Builder trackedLinks(@Nullable Integer value) {
      trackedLinks = value;
      return this;
    }

    public Builder issuedAtSeconds(@Nullable Long value) {
      issuedAtSeconds = value;
      return this;
    }

    public Builder fileName(@Nullable String value) {
      fileName = value;
      return this;
    }

    public Builder channel(@Nullable String value) {
      channel = value;
      return this;
    }

    public LinkClaims build() {
      return new LinkClaims(
          tenant,
          campaign,
          message,
          recipient,
          list,
          link,
          targetUrl,
          trackingMode,
          variant,
          position,
          account,
          isTest,
          trackedLinks,
          issuedAtSeconds,
          fileName,
          channel);
    }
  }
}
