// A certified issuer (npm `oidc-provider`) over TLS, as a program of its own. Its first argument is JSON: port, certificate
// and key (paths), the client, and the name of its key. Whoever signs in chooses a name; the groups stand behind it: `anna+LIP-Vergunningen`.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import Provider from 'oidc-provider';

const { port, certificate, key, client, kid } = JSON.parse(process.argv[2]);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(`https://localhost:${port}`, {
  clients: [client],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
  claims: { openid: ['sub', 'groups'], profile: ['name'] },
  cookies: { keys: ['only-for-this-test'] },
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  // By itself it asks nothing of this machine, as a public issuer should not; here Plein is on it.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  findAccount: (_, login) => {
    const [name, ...groups] = login.split('+');
    return { accountId: login, claims: () => ({ sub: login, name, groups }) };
  },
});

provider.on('backchannel.error', (_, error) => console.error(`back-channel logout: ${error}`));

const listen = provider.callback();
createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, listen).listen(port, '127.0.0.1', () => console.log('issuer is ready'));
