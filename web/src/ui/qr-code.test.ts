import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { modules } from './qr-code';

const PX = 4; // of a module

// As a camera would see it.
function picture(rows: boolean[][]) {
  const side = rows.length * PX;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const dark = rows[Math.floor(y / PX)]?.[Math.floor(x / PX)];
      if (dark) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { width: side, height: side, data };
}

test('what is in it is read again, umlauts too', () => {
  const text =
    'User name: phone-x1\nPassword: k3!"§$%\nDomain: büro.example\nServer: [::1]:5060 (UDP)';
  expect(decodeQR(picture(modules(text)))).toBe(text);
});
