// What the networks on the way to the caller do with a final code (RFC 3261 sections 16.7 and 21,
// RFC 3398 section 8.2.6).

const ONE_BY_ONE: Record<number, string> = {
  403: 'Carriers end the call and do not try again.',
  408: 'Carriers may try another route, and the call may come again.',
  415: 'The caller may call again at once with other audio.',
  484: 'Carriers that send digits one by one add more and call again.',
  488: 'The caller may call again at once with other audio.',
  503: 'Carriers try another server, and may leave this one alone for a while.',
};

const BY_HUNDRED: Record<number, string> = {
  3: 'The caller’s network calls the other address instead.',
  4: 'Carriers end the call here; other phones that ring for it go on ringing.',
  5: 'Carriers may try another route or server, and the call may come again.',
  6: 'Carriers end the call everywhere: other phones stop ringing, no other route is tried.',
};

export function carriersThen(code: number): string {
  return ONE_BY_ONE[code] ?? BY_HUNDRED[Math.floor(code / 100)] ?? '';
}
