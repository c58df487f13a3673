/** The picture of a person: for now, their initial. */
export function Face({ name, size = 36 }: { name: string; size?: number }) {
  return (
    <span className="face" data-size={size > 40 ? "large" : "small"} aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? "?"}
    </span>
  );
}
