import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, documents, keys, performStep, type Step, steps } from '@/testing/any-callflow';
import {
  type Block,
  type CallflowDocument,
  childrenOf,
  findPlace,
  idOf,
  rootOf,
  sameJson,
  walk,
} from './document';
import { bypass, insert, keptKey, move, remove, renameKey, setData } from './operations';

const menu = (): CallflowDocument => ({
  name: 'Main line',
  numbers: ['1000'],
  x_owner: { kept: [1, 2] },
  flow: {
    id: 'menu',
    module: 'menu',
    data: { greeting: 'hello' },
    children: {
      '1': { id: 'busy', module: 'response', data: { code: 486 }, children: {} },
      _: { id: 'odd', module: 'qubicle', data: { any: { thing: [null] } }, extra: 1 },
    },
  },
});

function must(outcome: ReturnType<typeof insert>): CallflowDocument {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.document;
}

const response = (id: string): Block => ({ id, module: 'response', data: { code: 480 } });

describe('one operation', () => {
  it('adds under a free key and refuses a taken one', () => {
    const added = must(insert(menu(), { under: 'menu', key: '2' }, response('new')));
    expect(findPlace(added, 'new')?.key).toBe('2');
    const refused = insert(menu(), { under: 'menu', key: '1' }, response('new'));
    expect(refused).toEqual({ ok: false, refusal: 'occupied' });
  });

  it('makes the first block of an empty callflow', () => {
    const empty: CallflowDocument = { name: 'x', flow: {} };
    expect(rootOf(must(insert(empty, { under: null, key: '_' }, response('r'))))?.id).toBe('r');
    expect(insert(menu(), { under: null, key: '_' }, response('r')).ok).toBe(false);
  });

  it('goes between two blocks and keeps the key', () => {
    const play: Block = { id: 'play', module: 'play', data: {} };
    const between = must(insert(menu(), { before: 'busy' }, play));
    expect(findPlace(between, 'play')?.key).toBe('1');
    expect(findPlace(between, 'busy')?.parent?.id).toBe('play');
  });

  it('refuses to move a block below itself', () => {
    expect(move(menu(), 'menu', { under: 'busy', key: '_' })).toEqual({
      ok: false,
      refusal: 'own-subtree',
    });
    expect(move(menu(), 'menu', { before: 'odd' })).toEqual({ ok: false, refusal: 'own-subtree' });
  });

  it('offers the key that a block had, where it is free', () => {
    expect(keptKey(menu(), 'menu', '3', ['1', '2', '3', '_'])).toBe('3');
    expect(keptKey(menu(), 'menu', '1', ['1', '2', '3', '_'])).toBe('2');
    expect(keptKey(menu(), 'menu', '1', ['1', '_'])).toBeNull();
  });

  it('renames a branch, but not onto another', () => {
    expect(findPlace(must(renameKey(menu(), 'busy', '9')), 'busy')?.key).toBe('9');
    expect(renameKey(menu(), 'busy', '_')).toEqual({ ok: false, refusal: 'occupied' });
  });

  it('bypasses and takes it back without a trace', () => {
    const off = must(bypass(menu(), 'odd', true));
    expect(findPlace(off, 'odd')?.block.data).toEqual({
      any: { thing: [null] },
      skip_module: true,
    });
    expect(sameJson(must(bypass(off, 'odd', false)), menu())).toBe(true);
  });

  it('keeps unknown modules and members', () => {
    const changed = must(setData(menu(), 'busy', { code: 603 }));
    expect(findPlace(changed, 'odd')?.block).toEqual(menu().flow?.children?._);
    expect(changed.x_owner).toEqual({ kept: [1, 2] });
  });

  it('empties the callflow when the first block goes', () => {
    expect(rootOf(must(remove(menu(), 'menu')))).toBeNull();
  });
});

const LONG_MS = 60_000; // on a busy machine

interface Kept {
  own: string; // the block without what follows, and without its bypass mark
  at: string; // under which block, by which key
}

function census(document: CallflowDocument): Map<string, Kept> {
  return new Map(
    walk(document).map(({ block, parent, key }) => {
      const { children: _, ...own } = block;
      const { skip_module: __, ...data } = (own.data ?? {}) as Record<string, unknown>;
      const at = parent ? `${idOf(parent)} ${key}` : '';
      return [idOf(block), { own: JSON.stringify({ ...own, data }), at }];
    }),
  );
}

// Ids that a step takes away, with all that follows them.
function removedBy(step: Step, document: CallflowDocument, id: string): Set<string> {
  if (step.what !== 'remove') return new Set();
  const gone = walk(document).filter(({ path }) => path.includes(id));
  return new Set(gone.map(({ block }) => idOf(block)));
}

describe('any sequence of operations', () => {
  it(
    'loses no block, no key and no unknown member',
    () => {
      fc.assert(
        fc.property(documents, steps, (start, list) => {
          let document = start;
          for (const step of list) {
            const before = JSON.stringify(document);
            const known = census(document);
            const outcome = performStep(document, step);
            expect(JSON.stringify(document)).toBe(before); // pure: undo is the old document
            if (!outcome.ok) continue;
            const now = census(outcome.document);
            const gone = removedBy(step, document, outcome.id);
            const meant = new Set([blockOf(document, step.a)]);
            if (step.what === 'move before') meant.add(blockOf(document, step.b));
            for (const [id, { own, at }] of known) {
              if (gone.has(id)) continue;
              expect(now.get(id)?.own).toBe(own);
              if (!meant.has(id)) expect(now.get(id)?.at).toBe(at);
            }
            expect(outcome.document.more).toEqual({ kept: true });
            const ids = walk(outcome.document).map((place) => idOf(place.block));
            expect(new Set(ids).size).toBe(ids.length);
            document = outcome.document;
          }
        }),
        { numRuns: 300 },
      );
    },
    LONG_MS,
  );

  it(
    'moves a subtree whole, under the key that was asked for',
    () => {
      fc.assert(
        fc.property(documents, fc.nat(30), fc.nat(30), keys, (document, a, b, key) => {
          const places = walk(document);
          const from = places[a % places.length];
          const to = places[b % places.length];
          if (!from || !to) return;
          const outcome = move(document, idOf(from.block), { under: idOf(to.block), key });
          if (!outcome.ok) return;
          const now = findPlace(outcome.document, idOf(from.block));
          expect(now?.key).toBe(key);
          expect(sameJson(now?.block, from.block)).toBe(true);
          expect(walk(outcome.document).length).toBe(places.length);
        }),
        { numRuns: 300 },
      );
    },
    LONG_MS,
  );

  it('shows each child once', () => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const { block } of walk(document)) {
          expect(childrenOf(block).length).toBe(Object.keys(block.children ?? {}).length);
        }
      }),
    );
  });
});
