// Copies a text. Browsers give their clipboard to pages by HTTPS only; by HTTP the old way is left.
function copyTheOldWay(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  const listening = new AbortController();
  document.addEventListener('copy', put, { capture: true, signal: listening.signal });
  const done = document.execCommand('copy');
  listening.abort();
  return done;
}

// → whether it is copied
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}
