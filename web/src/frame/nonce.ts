// Libraries that add style elements need the page's nonce: the content security policy allows no
// others. They look for it under this global name.
declare global {
  var __webpack_nonce__: string | undefined;
}

export function pageNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
}

export function adoptNonce(): void {
  globalThis.__webpack_nonce__ = pageNonce();
}
