/** Names that browsers do not know in Azerbaijani. */
export const AZ_MONTHS = [
  'yanvar', 'fevral', 'mart', 'aprel', 'may', 'iyun',
  'iyul', 'avqust', 'sentyabr', 'oktyabr', 'noyabr', 'dekabr',
] as const;

export const AZ_WEEKDAYS = [
  'Bazar ertəsi', 'Çərşənbə axşamı', 'Çərşənbə', 'Cümə axşamı', 'Cümə', 'Şənbə', 'Bazar',
] as const;

export const AZ_WEEKDAYS_SHORT = ['B.e.', 'Ç.a.', 'Çər.', 'C.a.', 'Cüm.', 'Şən.', 'Baz.'] as const;

export const AZ_COUNTRIES: Readonly<Record<string, string>> = {
  AE: 'Birləşmiş Ərəb Əmirlikləri', AR: 'Argentina', AT: 'Avstriya', AU: 'Avstraliya', AZ: 'Azərbaycan',
  BD: 'Banqladeş', BE: 'Belçika', BG: 'Bolqarıstan', BR: 'Braziliya', BY: 'Belarus', CA: 'Kanada',
  CH: 'İsveçrə', CL: 'Çili', CN: 'Çin', CO: 'Kolumbiya', CZ: 'Çexiya', DE: 'Almaniya', DK: 'Danimarka',
  EE: 'Estoniya', EG: 'Misir', ES: 'İspaniya', FI: 'Finlandiya', FR: 'Fransa', GB: 'Böyük Britaniya',
  GE: 'Gürcüstan', GR: 'Yunanıstan', HK: 'Honkonq', HR: 'Xorvatiya', HU: 'Macarıstan', ID: 'İndoneziya',
  IE: 'İrlandiya', IL: 'İsrail', IN: 'Hindistan', IQ: 'İraq', IR: 'İran', IT: 'İtaliya', JP: 'Yaponiya',
  KG: 'Qırğızıstan', KR: 'Cənubi Koreya', KZ: 'Qazaxıstan', LT: 'Litva', LU: 'Lüksemburq', LV: 'Latviya',
  MA: 'Mərakeş', MD: 'Moldova', MX: 'Meksika', MY: 'Malayziya', NG: 'Nigeriya', NL: 'Niderland',
  NO: 'Norveç', NZ: 'Yeni Zelandiya', PE: 'Peru', PH: 'Filippin', PK: 'Pakistan', PL: 'Polşa',
  PT: 'Portuqaliya', QA: 'Qətər', RO: 'Rumıniya', RS: 'Serbiya', RU: 'Rusiya', SA: 'Səudiyyə Ərəbistanı',
  SE: 'İsveç', SG: 'Sinqapur', SI: 'Sloveniya', SK: 'Slovakiya', TH: 'Tailand', TM: 'Türkmənistan',
  TR: 'Türkiyə', TW: 'Tayvan', UA: 'Ukrayna', US: 'Amerika Birləşmiş Ştatları', UZ: 'Özbəkistan',
  VN: 'Vyetnam', ZA: 'Cənubi Afrika',
};
