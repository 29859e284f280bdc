// One of a few, side by side: what a list shows.
interface Props<Id extends string> {
  label: string;
  all: readonly { id: Id; label: string }[];
  chosen: Id;
  choose: (id: Id) => void;
}

export function Choice<Id extends string>({ label, all, chosen, choose }: Props<Id>) {
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{label}</legend>
      {all.map((one) => (
        <button
          key={one.id}
          type="button"
          className="btn btn-ghost"
          aria-pressed={one.id === chosen}
          onClick={() => choose(one.id)}
        >
          {one.label}
        </button>
      ))}
    </fieldset>
  );
}
