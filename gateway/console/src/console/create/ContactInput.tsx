import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Person } from "./people";
import { contactsQuery } from "./contacts";

interface Props {
  label: string;
  kind: "name" | "email";
  value: string;
  maxLength: number;
  className?: string;
  error: ReactNode;
  leave: () => void;
  type: (value: string) => void;
  /** Somebody known was chosen: name, address and language at once. */
  choose: (values: Partial<Person>) => void;
}

const OFFERED = 6;
const PAUSE = 150;

/** A name or an address; people one has sent to are offered as one types, or with the down arrow. */
export function ContactInput({ label, kind, value, maxLength, className, error, leave, type, choose }: Props) {
  const [inside, setInside] = useState(false);
  const [text] = useDebouncedValue(value.trim(), PAUSE);
  const { data = [] } = useQuery({ ...contactsQuery(text, OFFERED), enabled: inside });
  const offered = data.filter((one) => one[kind] !== value);
  const take = (email: string) => {
    const one = data.find((contact) => contact.email === email);
    if (one) choose({ name: one.name!, email, language: one.language as Person["language"] });
  };
  return (
    <Autocomplete label={label} value={value} maxLength={maxLength} className={className} error={error} autoComplete="off"
      type={kind === "email" ? "email" : "text"} openOnFocus={false} comboboxProps={{ portalProps: { target: "#content" } }} filter={({ options }) => options}
      data={inside ? offered.map((one) => ({ value: one.email!, label: one[kind]! })) : []}
      renderOption={({ option }) => <Option contact={data.find((one) => one.email === option.value)} />}
      onFocus={() => setInside(true)} onChange={type} onOptionSubmit={take}
      onBlur={() => {
        setInside(false);
        leave();
      }} />
  );
}

function Option({ contact }: { contact?: { name?: string; email?: string } }) {
  return (
    <span className="wrap">
      <strong>{contact?.name}</strong> <span className="small">{contact?.email}</span>
    </span>
  );
}
