/** @jsxImportSource preact */
import { render } from "preact";
import { boot } from "../signing/boot";
import "../brand/tokens.css";
import "../signing/style.css";
import type { Language } from "../signing/types";
import { Verify } from "./verify";

boot<{ agreement: string; language: Language }>((told, slot) => render(<Verify agreement={told.agreement} />, slot));
