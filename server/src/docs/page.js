// What the viewer shows, and what it may not do. The page's Content-Security-Policy says the same once more: it reaches
// this server and no other.
"use strict";

Scalar.createApiReference("#api", {
  sources: [
    { title: "Keys", slug: "keys", url: "/openapi/keys.json", default: true },
    { title: "Personal keys (ocamba)", slug: "ocamba", url: "/openapi/ocamba.json" },
    { title: "Named keys (feldera)", slug: "feldera", url: "/openapi/feldera.json" },
  ],
  // Requests go to the server that the page is from, whatever the documents name.
  servers: [{ url: window.location.origin }],
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
