// An OpenID provider for tests and for trying login tokens out, on the loopback interface only. It gives access
// tokens to one client by its credentials (the client credentials grant), for one API.
//
//   node provider.mjs [--port N] [--audience AUD] [--client ID] [--algorithm ALG] [--claims JSON]
//
// Port 0 picks a free one. The client's secret is "development". CLAIMS is a JSON object that every token
// carries. It prints its issuer on a line of its own when it listens. Where its standard input is a pipe, it ends
// when that does, so that it never outlives the test that started it.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import Provider from 'oidc-provider';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '9400' },
    audience: { type: 'string', default: 'bitting' },
    client: { type: 'string', default: 'bitting' },
    algorithm: { type: 'string', default: 'ES256' },
    claims: { type: 'string', default: '{"company":"1","role":"write"}' },
  },
});
const claims = JSON.parse(options.claims);
// A resource of OAuth is named by an absolute URI; the audience in the token may be any name.
const resource = 'urn:bitting:api';

const key = (kid, alg, type, parameters) => {
  const { privateKey } = generateKeyPairSync(type, parameters);
  return { ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
};

const server = createServer();
server.listen(Number(options.port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: options.client,
        client_secret: 'development',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    cookies: { keys: [randomBytes(24).toString('hex')] },
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA', 'Ed25519'],
    },
    extraTokenClaims: () => claims,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: () => ({
          scope: '',
          audience: options.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: options.algorithm } },
        }),
      },
    },
    jwks: {
      keys: [
        key('rsa', 'RS256', 'rsa', { modulusLength: 2048 }),
        key('ec', 'ES256', 'ec', { namedCurve: 'P-256' }),
        key('ed', 'EdDSA', 'ed25519'),
      ],
    },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});

if (fstatSync(0).isFIFO()) {
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}
