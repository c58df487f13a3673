import { CloseButton, NativeSelect, NumberInput, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, NAMES } from "../language";
import { ContactInput } from "./ContactInput";
import { CHECKS, type Check, type Fault, type Person, faults } from "./people";

interface Props {
  person: Person;
  number: number;
  all: Person[];
  ordered: boolean;
  shown: boolean;
  update: (values: Partial<Person>) => void;
  remove: () => void;
}

/** One signer. What is wrong is said after the field was left, or when everything is asked for. */
export function PersonRow({ person, number, all, ordered, shown, update, remove }: Props) {
  const { t } = useTranslation(["create", "common"]);
  const [left, setLeft] = useState<string[]>([]);
  const wrong = faults(person, all);
  const has = (fault: Fault, field: string) => wrong.includes(fault) && (shown || left.includes(field));
  const leave = (field: string) => () => setLeft((now) => [...now, field]);
  const emailFault = has("email", "email") ? t("common:emailWrong") : has("duplicate", "email") ? t("duplicate") : undefined;
  return (
    <li>
      <fieldset className="person-row" data-ordered={ordered}>
        <legend className="unseen">{t("signer", { number })}</legend>
        {ordered && (
          <NumberInput label={t("position")} value={person.position} min={1} max={1000} allowDecimal={false}
            onChange={(value) => typeof value === "number" && update({ position: value })} className="position-input" />
        )}
        {person.role && <Text fw={600} className="person-role wrap">{person.role}</Text>}
        <ContactInput label={t("name")} kind="name" value={person.name} maxLength={100} className="person-name" leave={leave("name")}
          error={has("name", "name") && t("common:required")} type={(name) => update({ name })} choose={update} />
        <ContactInput label={t("email")} kind="email" value={person.email} maxLength={254} leave={leave("email")}
          error={emailFault} type={(email) => update({ email })} choose={update} />
        <NativeSelect label={t("language")} value={person.language}
          data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
          onChange={(event) => update({ language: event.currentTarget.value as Person["language"] })} />
        <NativeSelect label={t("check")} value={person.check} data={CHECKS.map((value) => ({ value, label: t(`check_${value}`) }))}
          onChange={(event) => update({ check: event.currentTarget.value as Check })} />
        <CloseButton className="person-remove" aria-label={t("remove", { name: person.name || t("signer", { number }) })}
          onClick={remove} />
        {person.check === "access_code" && (
          <TextInput label={t("accessCode")} className="access-code" value={person.accessCode} maxLength={32} autoComplete="off"
            description={t(person.hasCode && !person.accessCode ? "accessCodeKept" : "accessCodeHint")} onBlur={leave("code")}
            error={has("code", "code") && t("codeBad")} onChange={(event) => update({ accessCode: event.currentTarget.value })} />
        )}
      </fieldset>
    </li>
  );
}
