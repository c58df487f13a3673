/** @jsxImportSource preact */
import { render } from "preact";
import { Api } from "./api";
import { App } from "./app";
import { boot } from "./boot";
import "../brand/tokens.css";
import "./style.css";
import type { Boot } from "./types";

boot<Boot>((told, slot, first) => render(<App api={new Api(told)} first={first} />, slot));
