import { PDFDocument } from "pdf-lib";
import { pdflibAddPlaceholder } from "@signpdf/placeholder-pdf-lib";
import { P12Signer } from "@signpdf/signer-p12";
import { SignPdf } from "@signpdf/signpdf";
import { input, measure, places } from "./act.mjs";

await measure(async () => {
  const document = await PDFDocument.load(input.pdf);
  const page = document.getPages()[0];
  for (const { x, y, width, height, text, png } of places) {
    page.drawImage(await document.embedPng(png), { x, y, width, height });
    page.drawText(text, { x: x + 200, y: y + 20, size: 11 });
  }
  pdflibAddPlaceholder({ pdfDoc: document, reason: "Agreed", contactInfo: "", name: "Bob", location: "", signatureLength: 8192 });
  const prepared = Buffer.from(await document.save({ useObjectStreams: false }));
  return new SignPdf().sign(prepared, new P12Signer(input.p12, { passphrase: input.password }));
});
