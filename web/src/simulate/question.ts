// What is asked of the simulator: who calls whom, when, and what they press.
import type { SimulationRequest, WhenRung } from '@/api/types';

const FIRST_DIGIT_MS = 2000;
const DIGIT_GAP_MS = 1000;

export interface Inputs {
  to: string;
  from: string;
  when: string;
  digits: string;
  lost: string;
  phones: WhenRung;
}

// As <input type=datetime-local> has it.
function localTime(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function simulationRequest(inputs: Inputs): SimulationRequest {
  const digits = [...inputs.digits.replace(/[^0-9*#A-D]/g, '')];
  const at = new Date(inputs.when).getTime();
  return {
    to: inputs.to || '1000',
    from: inputs.from,
    ...(Number.isNaN(at) ? {} : { at_ms: at }),
    digits: digits.map((digit, index) => ({ digit, at_ms: FIRST_DIGIT_MS + index * DIGIT_GAP_MS })),
    missing_media: inputs.lost ? [inputs.lost] : [],
    phones: inputs.phones,
  };
}

export function usualInputs(to: string): Inputs {
  const when = localTime(new Date());
  return { to, from: '+14155550188', when, digits: '', lost: '', phones: 'answer' };
}
