// What goes away when a field loses the focus moves what is below it. Not while the pointer is
// pressed: the button meant would no more be where the press ends.
import { useEffect, useRef } from 'react';

// → for `onBlur`: does `leave` at once, or when the press that took the focus is over
export function useAfterPress(leave: () => void): () => void {
  const pressed = useRef(false);
  const waiting = useRef(false);
  useEffect(() => {
    const down = () => {
      pressed.current = true;
    };
    const over = () => {
      pressed.current = false;
      if (!waiting.current) return;
      waiting.current = false;
      setTimeout(leave); // after the click, which follows the pointer's `up` at once
    };
    const listening = new AbortController();
    const always = { capture: true, signal: listening.signal };
    document.addEventListener('pointerdown', down, always);
    document.addEventListener('pointerup', over, always);
    document.addEventListener('pointercancel', over, always);
    return () => listening.abort();
  }, [leave]);
  return () => {
    if (pressed.current) waiting.current = true;
    else leave();
  };
}
