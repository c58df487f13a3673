/** @jsxImportSource preact */
import { render } from "preact";
import { boot } from "../signing/boot";
import "../brand/tokens.css";
import "../signing/style.css";
import type { Language } from "../signing/types";
import { Draw } from "./draw";

boot<{ secret: string; language: Language }>((told, slot) => render(<Draw secret={told.secret} />, slot));
