// What the viewer shows, and what it may not do. The page's Content-Security-Policy says the same once more: it reaches
// this server and no other.
"use strict";

// Where the server is, also where a proxy shows it below a path of its own.
const server = new URL(".", window.location.href).href;
const at = (slug) => `${server}openapi/${slug}.json`;

Scalar.createApiReference("#api", {
  sources: [
    { title: "Keys", slug: "keys", url: at("keys"), default: true },
    { title: "Personal keys (ocamba)", slug: "ocamba", url: at("ocamba") },
    { title: "Named keys (feldera)", slug: "feldera", url: at("feldera") },
  ],
  // Requests go to the server that the page is from, whatever the documents name.
  servers: [{ url: server.replace(/\/$/, "") }],
  // Not through anybody's proxy, which would see the keys.
  proxyUrl: "",
  // A key is forgotten with the page.
  persistAuth: false,
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  documentDownloadType: "json",
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  theme: "default",
});
