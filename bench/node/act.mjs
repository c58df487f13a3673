// What every peer does: the same document, four pictures, four texts, one RSA signature; repeated for some seconds.
import { readFileSync, writeFileSync } from "node:fs";

const [, , source, pictures, p12, seconds, target] = process.argv;
export const input = { pdf: readFileSync(source), p12: readFileSync(p12), password: "bench" };
export const places = [0, 1, 2, 3].map((row) => ({
  x: 72, y: 620 - 140 * row, width: 150, height: 50, text: `Agreed, line ${row}`, png: readFileSync(`${pictures}/${row}.png`),
}));

export async function measure(sign) {
  writeFileSync(target, await sign());
  const end = Number(seconds) * 1000, cpu = process.cpuUsage(), start = performance.now();
  let count = 0;
  while (performance.now() - start < end || count < 2) {
    await sign();
    count += 1;
  }
  const used = process.cpuUsage(cpu), took = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ count, seconds: took, cpu: (used.user + used.system) / 1e6 }));
}
