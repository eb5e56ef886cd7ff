// Opens the docs page of a running server in a headless Chromium, does there what a reader does, and prints what it
// saw as one JSON object.
//
//   node page.mjs URL CHROMIUM [DIRECTORY FOR PICTURES] < TOKEN
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { chromium } from "playwright-core";

const [base, executablePath, pictures] = process.argv.slice(2);
const token = readFileSync(0, "utf8").trim();
const seen = { headings: {}, elsewhere: [], violations: [], errors: [], faults: [] };
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const browser = await chromium.launch({
  executablePath,
  // The administrator of a container has no sandbox to run it in.
  args: process.getuid() === 0 ? ["--no-sandbox"] : [],
});
try {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !url.startsWith("data:")) seen.elsewhere.push(url);
  });
  page.on("websocket", (socket) => seen.elsewhere.push(socket.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") seen.errors.push(message.text());
  });
  const picture = async (name) => {
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  };

  const operations = (document) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => operation.operationId)
        .map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
    );
  const open = async (path) => {
    // From elsewhere: to go to another fragment is not to open the page again.
    await page.goto("about:blank");
    await page.goto(base + path);
  };
  // What keeps people out who do not see or hold a mouse as others do, as axe finds it.
  const audit = async () => {
    await page.evaluate(axe);
    const faults = await page.evaluate(async () => (await window.axe.run(document)).violations);
    // Of each kind the first: the others are mostly the same.
    seen.faults.push(...faults.map(({ id, nodes: [{ html, failureSummary }] }) => `${id}: ${failureSummary} ${html}`));
  };
  const leave = async () => {
    seen.violations.push(...(await page.evaluate(() => window.violations)));
  };

  // Every document, with the heading of every operation.
  for (const surface of ["keys", "ocamba", "feldera"]) {
    const document = await (await fetch(`${base}/openapi/${surface}.json`)).json();
    await open(`/docs#${surface}`);
    await page.getByRole("heading", { name: document.info.title, exact: true }).waitFor();
    seen.headings[surface] = [];
    for (const { path, method, tags, summary, operationId } of operations(document)) {
      await page.evaluate((hash) => (window.location.hash = hash), `${surface}/tag/${tags[0]}/${method}${path}`);
      const heading = page.getByRole("heading", { name: summary, exact: true });
      await heading.first().waitFor();
      seen.headings[surface].push(operationId);
    }
    await leave();
  }

  // A reader types a key in and makes another.
  await open("/docs");
  const field = page.getByPlaceholder("Token").first();
  await field.waitFor();
  await picture("light");
  await audit();
  // Whoever has only a keyboard gets to the field.
  const isFocused = (element) => element === document.activeElement;
  for (seen.tabs = 0; seen.tabs < 100 && !(await field.evaluate(isFocused)); seen.tabs += 1) {
    await page.keyboard.press("Tab");
  }
  await field.fill(token);
  await page.evaluate(() => (window.location.hash = "keys/tag/keys/POST/v1/keys"));
  await page.getByRole("button", { name: "Test Request (post /v1/keys)", exact: true }).click();
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: /^Send post request/i }).click();
  const answer = await answered;
  seen.made = { status: answer.status(), body: await answer.json() };
  await page.getByText(seen.made.body.key?.id).first().waitFor();
  await picture("made");

  // What is kept of it, and what is left when the page is opened again.
  const storage = () =>
    page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const caches = await window.caches?.keys();
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases, caches]);
    });
  seen.stored = await storage();
  await leave();
  await page.reload();
  await field.waitFor();
  seen.typed = await field.inputValue();
  seen.stored += await storage();

  await page.emulateMedia({ colorScheme: "dark" });
  await page.reload();
  await field.waitFor();
  await page.waitForFunction(() => document.body.classList.contains("dark-mode"));
  seen.dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await picture("dark");
  await audit();
  await page.setViewportSize({ width: 400, height: 800 });
  await picture("narrow");
  seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await leave();

  // A proxy shows the server below a path of its own.
  const proxy = createServer((asked, answer) => {
    const path = asked.url.startsWith("/keys-service/") ? asked.url.slice("/keys-service".length) : "/none";
    const passed = request(base + path, { method: asked.method, headers: asked.headers }, (told) => {
      answer.writeHead(told.statusCode, told.headers);
      told.pipe(answer);
    });
    asked.pipe(passed);
  });
  await new Promise((ready) => proxy.listen(0, "127.0.0.1", ready));
  const below = `http://127.0.0.1:${proxy.address().port}/keys-service`;
  const behind = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await behind.goto(`${below}/docs`);
  const there = behind.getByPlaceholder("Token").first();
  await there.waitFor();
  await there.fill(token);
  await behind.evaluate(() => (window.location.hash = "keys/tag/self/GET/v1/whoami"));
  await behind.getByRole("button", { name: "Test Request (get /v1/whoami)", exact: true }).click();
  const told = behind.waitForResponse((response) => response.url().endsWith("/v1/whoami"));
  await behind.getByRole("button", { name: /^Send get request/i }).click();
  seen.behind = { url: (await told).url().slice(below.length), status: (await told).status() };
  await behind.close();
  proxy.close();
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
