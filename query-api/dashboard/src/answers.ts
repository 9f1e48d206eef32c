/** The shapes of the API's answers, as far as the pages read them. */

export interface Session {
  tenant: string;
  name: string;
  zone: string;
  expires_at: string;
  scopes: string[];
  /** Whether the page of all tenants' events is for this person. */
  accounting: boolean;
}

export interface Counts {
  total: number;
  unique: number;
  human_total?: number;
  human_unique?: number;
}

export interface Rate {
  value: number | null;
  numerator: number;
  denominator: number;
  counts: 'human' | 'all';
  reliability?: string;
}

export interface OpenRate extends Rate {
  lower: Rate;
  upper: Rate;
  adjusted: Rate;
  prefetch_share?: Rate;
}

export interface BounceRate extends Rate {
  hard: Rate;
  soft: Rate;
  block: Rate;
}

export interface Roi extends Rate {
  currency: string | null;
}

export interface Rates {
  click_through_rate: Rate;
  click_through_rate_total: Rate;
  click_to_open_rate: Rate;
  conversion_rate: Rate;
  bounce_rate: BounceRate;
  forward_rate: Rate & { inferred?: Rate };
  open_rate: OpenRate;
  unsubscribe_rate: Rate;
  complaint_rate: Rate;
  delivery_rate: Rate;
  reply_rate: Rate;
  roi: Roi;
}

export type CountsByType = Readonly<Record<string, Counts>>;

export interface CampaignProfile {
  campaign: string;
  name: string | null;
  subject: string | null;
  labels: string[];
  list: string | null;
  cost: number | null;
  currency: string | null;
  count_source: 'own' | 'provider';
}

export interface CampaignRow extends CampaignProfile {
  counts: CountsByType;
  /** The events of its first days; null where nothing happened. */
  sparkline?: { start: string; days: number[] } | null;
}

export interface Campaign extends CampaignRow {
  rates: Rates;
  revenue: Readonly<Record<string, number>>;
  limits?: { unchecked_events: number; late_events: number };
  /** Null for campaigns of very many events. */
  distributions?: Distributions | null;
}

export interface Cell {
  weekday?: number;
  hour?: number;
  date?: string;
  total: number;
  /** Of mails of a mailbox there is no first: each is a message of its own. */
  first?: number;
  masked: boolean;
}

export interface Heatmap {
  zone: string;
  grain: 'hourly' | 'daily';
  event: string;
  cells: Cell[];
  unplaced?: { total: number; first: number };
}

export interface LinkRow {
  link: string | null;
  url: string;
  urls: number;
  total: number;
  unique: number;
  human_total: number;
  human_unique: number;
  first_human_click: string | null;
  last_human_click: string | null;
}

export interface DimensionRow {
  device?: string;
  country?: string | null;
  account?: string;
  counts: CountsByType;
}

export interface Growth {
  list: string;
  from: string;
  to: string;
  zone: string;
  counts: Readonly<Record<'subscribed' | 'unsubscribed' | 'complained' | 'departed', number>>;
  size_at_start: number;
  size_at_end: number;
  rates: { list_growth_rate: Rate };
  days: { date: string; subscribed: number; unsubscribed: number; complained: number; departed: number }[];
}

export interface ListRow extends Omit<Growth, 'from' | 'to' | 'zone' | 'days'> {
  name: string | null;
}

export interface MailNumbers {
  sent: number;
  received: number;
  auto_received: number;
  replied: number;
  answered: number;
  answered_within_hour: number;
  answered_rate: number | null;
  median_seconds: number | null;
  p90_seconds: number | null;
  under_hour: number | null;
}

export interface MailboxRow extends MailNumbers {
  mailbox: string;
}

export interface MailboxSlice extends MailNumbers {
  dimension: string | null;
  value: string | null;
}

export interface Unanswered {
  thread: string;
  waiting_since: string;
  mails: number;
  event_time: string;
  message: string | null;
  counterparty: string | null;
  campaign: string | null;
}

export interface RecipientRow {
  recipient: string;
  place: number;
  sent: number;
  reacted: number;
  engagement_rate: number | null;
  opened_human_total: number;
  opened_human_unique: number;
  clicked_human_total: number;
  clicked_human_unique: number;
  replied: number;
  unsubscribed: number;
  complained: number;
  quiet_campaigns: number;
  last_sent: string | null;
  last_open: string | null;
  last_click: string | null;
}

export interface RecipientEvent {
  event_time: string;
  type: string;
  campaign: string | null;
  message: string | null;
  event_id: string;
  verdict: string | null;
  link: string | null;
  url: string | null;
  client: string | null;
  device: string | null;
  country: string | null;
}

export interface Signal {
  signal_id: string;
  signal: string;
  level: string | null;
  campaign: string | null;
  message: string | null;
  recipient: string | null;
  event_time: string;
  raised_at: string;
  numerator: number | null;
  denominator: number | null;
  value: number | null;
}

/** One page of a table; `K` is the name of its rows. */
export type PageOf<K extends string, T> = Readonly<Record<K, T[]>> & { next_cursor: string | null };

export interface Step {
  start: string;
  [event: string]: string | { total: number; first: number };
}

export interface Timeline {
  zone: string;
  grain: string;
  from: string;
  to: string;
  points: Step[];
  previous?: { from: string; to: string; points: Step[] };
}

/** What a step of a timeline has of one type of event. */
export function stepOf(step: Step, event: string): { total: number; first: number } {
  const sums = step[event];
  return typeof sums === 'object' ? sums : { total: 0, first: 0 };
}

export interface Arm {
  variant: string;
  messages: number;
  successes: number;
  probability_best: number | null;
  difference: { value: number; z: number; p_value: number } | null;
}

export interface Comparison {
  goal: 'clicks' | 'conversions';
  metric: string;
  control: string | null;
  arms: Arm[];
  sample_ratio: { chi_squared: number; p_value: number; mismatch: boolean } | null;
  warnings: { code: string; detail: string }[];
}

export interface TotalRow {
  campaign?: string | null;
  label?: string | null;
  subject?: string | null;
  month?: string;
  counts?: CountsByType;
  rates?: Rates;
  revenue?: Readonly<Record<string, number>>;
}

/** What happened in a period, and in the one before. */
export interface PeriodRow {
  campaign?: string | null;
  label?: string | null;
  subject?: string | null;
  month?: string;
  counts: PeriodCounts;
  previous?: PeriodCounts;
}

export type PeriodCounts = Readonly<Record<string, { total: number; first: number }>>;

/** What became of one mail of a campaign. */
export interface Mail {
  recipient: string | null;
  message: string | null;
  account: string | null;
  variant: string | null;
  state: string | null;
  sent_at: string | null;
  opened_total: number;
  opened_human_total: number;
  first_open: string | null;
  clicked_human_total: number;
  replied: number;
  converted: number;
}

export interface Lane {
  journal: string;
  lane: number;
  edge: string | null;
  edge_time: string | null;
  highest: number;
  acknowledged: number;
  waiting: number;
  stored: number;
  repeats: number;
  missing_at_edge: number;
  missing: number;
}

export interface Accounting {
  balanced: boolean;
  journaled: number;
  published: number;
  processed: number;
  stored: number;
  totals: {
    waiting: number;
    repeats: number;
    missing: number;
    missing_at_edge: number;
    dropped_by_edge: Readonly<Record<string, number>>;
    dropped_by_processor: Readonly<Record<string, number>>;
  };
  lanes: Lane[];
}

/** How long messages took, of those whose time is counted since the same beginning. */
export interface TimeSpread {
  since: 'delivered' | 'sent';
  messages: number;
  median_seconds: number | null;
  p90_seconds: number | null;
  histogram: { up_to_seconds: number | null; messages: number }[];
}

export interface Distributions {
  time_to_open: TimeSpread[];
  time_to_click: TimeSpread[];
  recipient_reply_time: TimeSpread[];
  read_time: Partial<Readonly<Record<'glanced' | 'skimmed' | 'read' | 'coverage', Rate>>>;
}
