import { P12Signer, PDF } from "@libpdf/core";
import { input, measure, places } from "./act.mjs";

const signer = await P12Signer.create(input.p12, input.password);
await measure(async () => {
  const document = await PDF.load(input.pdf);
  const page = document.getPages()[0];
  for (const { x, y, width, height, text, png } of places) {
    page.drawImage(document.embedPng(png), { x, y, width, height });
    page.drawText(text, { x: x + 200, y: y + 20, size: 11 });
  }
  return (await document.sign({ signer, reason: "Agreed" })).bytes;
});
