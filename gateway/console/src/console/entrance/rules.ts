/** The rules of passwords that can be checked here; whether one is well known, the server knows. */
export interface Rule {
  name: "ruleLength" | "ruleKinds" | "ruleEmail";
  met: boolean;
}

export function rules(password: string, email: string): Rule[] {
  const length = [...password].length;
  return [
    { name: "ruleLength", met: length >= 8 && length <= 128 },
    { name: "ruleKinds", met: kinds(password) >= 3 },
    { name: "ruleEmail", met: password !== "" && !like(password.toLowerCase(), email.trim().toLowerCase()) },
  ];
}

export const allMet = (password: string, email: string) => rules(password, email).every((rule) => rule.met);

function kinds(password: string): number {
  return new Set([...password].map(kind)).size;
}

function kind(one: string): string {
  if (/\p{Ll}/u.test(one)) return "lower";
  if (/\p{Lu}/u.test(one)) return "upper";
  return /\p{Nd}/u.test(one) ? "digit" : "symbol";
}

function like(password: string, email: string): boolean {
  const [local = "", domain = ""] = email.split("@");
  let own = password;
  for (const part of [email, domain, domain.split(".")[0] ?? "", local]) {
    if (part.length >= 4) own = own.replaceAll(part, "");
  }
  return own !== password && own.length < 6;
}
