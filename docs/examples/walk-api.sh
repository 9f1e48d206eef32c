#!/bin/sh
# Walks every operation of a running Aftersend's API once, with what `./aftersend demo` left there,
# and says of each whether it answered as its description promises.
#
#   docs/examples/walk-api.sh [DATA_DIRECTORY [CAMPAIGN]]
#
# Needs curl. For a moment there is a webhook to $HOOK (https://example.com/aftersend), which gets no
# events, only a test; where that name cannot be looked up, name another receiver. Ends with status 1 where an answer is another one, or where the API describes an
# operation that is not walked here.
set -u

data=${1:-data}
hook_url=${HOOK:-https://example.com/aftersend}
[ -r "$data/up.json" ] || {
  printf 'walk-api: %s/up.json: expected a running "./aftersend up" with this data directory\n' "$data" >&2
  exit 2
}

# The text of a member of the JSON on standard input, the first one of that name.
member() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1
}

api=$(member api <"$data/up.json")/api/v1
key=$(cat "$data/local-key")
place=$(mktemp -d) || exit 2
trap 'rm -rf "$place"' EXIT
failures=0

# One request: OPERATION STATUS METHOD PATH TEXT_THAT_MUST_BE_THERE [BODY [ACCEPT]].
# The answer stays in $place/answer.
walk() {
  set -- "$1" "$2" "$3" "$4" "$5" "${6:-}" "${7:-application/json}"
  if [ -n "$6" ]; then
    status=$(curl -sS -o "$place/answer" -w '%{http_code}' -X "$3" -H "Authorization: Bearer $key" \
      -H "Accept: $7" -H 'Content-Type: application/json' --data-binary "$6" "$api$4")
  else
    status=$(curl -sS -o "$place/answer" -w '%{http_code}' -X "$3" -H "Authorization: Bearer $key" \
      -H "Accept: $7" "$api$4")
  fi
  judge "$1" "$2" "$status" "$3 $4" "$5"
}

judge() {
  echo "$1" >>"$place/walked"
  if [ "$3" = "$2" ] && grep -q -e "$5" "$place/answer"; then
    printf 'ok    %s %-22s %s\n' "$3" "$1" "$4"
  else
    failures=$((failures + 1))
    printf 'WRONG %s %-22s %s: expected %s and an answer with %s, got:\n' "$3" "$1" "$4" "$2" "$5"
    head -c 600 "$place/answer"
    echo
  fi
}

# A table, in both of its forms: OPERATION PATH TEXT_THAT_MUST_BE_THERE.
table() {
  walk "$1" 200 GET "$2" , '' text/csv
  walk "$1" 200 GET "$2" "$3"
}

# --- campaigns ------------------------------------------------------------------------------------

table listCampaigns '/campaigns?search=demo&sort=first_sent&order=desc&limit=1' '"campaign"'
campaign=${2:-$(member campaign <"$place/answer")}
[ -n "$campaign" ] || {
  echo 'walk-api: there is no campaign of a demo: play one with "./aftersend demo"' >&2
  exit 2
}
one=/campaigns/$campaign
walk getCampaign 200 GET "$one" '"numerator":[1-9]'
walk putCampaign 200 PUT "$one" '"labels"' '{"labels":["demo"]}'
walk getTimeline 200 GET "$one/timeline?grain=day" '"points":\[{'
walk getHeatmap 200 GET "$one/heatmap?zone=recipient&counts=all" '"cells":\[{'
walk getDistributions 200 GET "$one/distributions" median
walk compareArms 200 GET "$one/compare" '"arms":\[{'
table listCampaignRecipients "$one/recipients?filter=clicked&limit=1" '"recipient":"'
recipient=$(member recipient <"$place/answer")
table listLinks "$one/links" '"human_unique":[1-9]'
table listDevices "$one/devices" '"devices":\[{'
table listPlaces "$one/places" '"places":\['
table listAccounts "$one/accounts" '"accounts":\[{'

# --- over campaigns -------------------------------------------------------------------------------

table getTotals '/totals?by=month' '"totals":\[{'
walk getConversions 200 GET '/conversions' '"conversions":\[{'
table listRecipients '/recipients?filter=engaged' '"recipient":"'
table getRecipientTimeline "/recipients/$recipient/timeline" '"type":"sent"'
table listSignals '/signals' '"signals":\['
walk putList 200 PUT /lists/demo-customers '"list"' '{"name":"Demo: customers"}'
table listLists '/lists' '"size_at_end"'
table getGrowth '/lists/demo-customers/growth' '"unsubscribed"'

# --- the team -------------------------------------------------------------------------------------

table listMailboxes '/mailboxes' '"mailbox":"'
table getMailbox "/mailboxes/$campaign.help" '"received":[1-9]'
table getMailboxHeatmap "/mailboxes/$campaign.help/heatmap" '"total":[1-9]'
table listUnanswered "/mailboxes/$campaign.help/unanswered?direction=received" '"thread":"'

# --- as it happens --------------------------------------------------------------------------------

walk pullEvents 200 GET '/events?limit=10&since=2000-01-01T00:00:00Z' '"next_cursor":"'
# A feed never ends: curl stops reading after three seconds.
status=$(curl -sSN --max-time 3 -o "$place/answer" -w '%{http_code}' -H 'Accept: text/event-stream' \
  -H "Authorization: Bearer $key" "$api/live" 2>/dev/null)
judge followEvents 200 "$status" 'GET /live' 'event: ready'

# --- webhooks -------------------------------------------------------------------------------------

walk createWebhook 201 POST /webhooks '"secret":"' \
  "{\"url\":\"$hook_url\",\"events\":[\"complained\"],\"campaigns\":[\"walk\"]}"
hook=/webhooks/$(member webhook <"$place/answer")
walk listWebhooks 200 GET /webhooks '"webhooks":\[{'
walk getWebhook 200 GET "$hook" '"enabled":true'
walk putWebhook 200 PUT "$hook" '"enabled":false' '{"enabled":false}'
walk testWebhook 200 POST "$hook/test" '"delivered":' '{}'
walk listDeadDeliveries 200 GET "$hook/dead" '"dead":\['
walk replayWebhook 200 POST "$hook/replay" '"replayed":0' '{}'
walk deleteWebhook 200 DELETE "$hook" .

# --- the installation -----------------------------------------------------------------------------

walk signLinks 200 POST /links '"tracked":"' \
  "{\"campaign\":\"$campaign\",\"message\":\"walk\",\"recipient\":\"walk\",\"urls\":[\"https://example.com/\"]}"
table getAccounting '/accounting?rows=counted' '"balanced"'
walk getDocs 200 GET /docs '<html' '' text/html
walk getOpenApi 200 GET /openapi.json '"openapi"'

# --- what is described and was not walked ---------------------------------------------------------

sed -n 's/.*"operationId": *"\([^"]*\)".*/\1/p' "$place/answer" | sort -u >"$place/described"
sort -u "$place/walked" >"$place/known"
for operation in $(comm -23 "$place/described" "$place/known"); do
  failures=$((failures + 1))
  printf 'WRONG     %s is described and not walked\n' "$operation"
done
printf '%s operations described, %s wrong answers\n' "$(wc -l <"$place/described" | tr -d ' ')" "$failures"
[ "$failures" -eq 0 ]
