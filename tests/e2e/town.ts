// A municipality that signs in at a certified issuer, over TLS with an authority that its configuration trusts.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, type Page, expect, test as base } from '@playwright/test';
import { keepPages } from './html';
import { Databases } from './server';

export { expect };

export interface Town {
  /** Where Plein is. */
  url: string;
  /** Where the issuer is. */
  issuer: string;
  /** The issuer starts again with a new key; it has forgotten who was signed in there. */
  rotate(): Promise<void>;
}

/** The lines of `[sessions]` in a town's configuration. */
export interface TownOptions {
  sessions: string;
}

export const test = base.extend<object, { town: Town } & TownOptions>({
  sessions: ['', { option: true, scope: 'worker' }],
  town: [
    async ({ sessions }, use, worker) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'plein-sign-in-'));
      const children: ChildProcess[] = [];
      const databases = process.env.PLEIN_E2E_ENGINE === 'postgres' ? new Databases(worker.workerIndex) : undefined;
      const abandon = () => children.forEach(child => child.kill('SIGKILL'));
      process.once('exit', abandon);
      try {
        await use(await start(folder, children, databases, sessions));
      } finally {
        process.off('exit', abandon);
        abandon();
        databases?.drop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function start(folder: string, children: ChildProcess[], databases: Databases | undefined, sessions: string): Promise<Town> {
  const program = process.env.PLEIN_BIN;
  if (!program) throw new Error('PLEIN_BIN is not set: run the browser tests by `cargo xtask test`');
  const file = (name: string) => path.join(folder, name);
  const openssl = (...options: string[]) => execFileSync('openssl', options, { stdio: 'pipe', cwd: folder });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', '/CN=localhost');
  writeFileSync(file('san'), 'subjectAltName=DNS:localhost\n');
  openssl('x509', '-req', '-in', 'tls.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'tls.pem', '-days', '2', '-extfile', 'san');
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'client.key');
  chmodSync(file('client.key'), 0o600);

  const [port, issuerPort] = [await freePort(), await freePort()];
  const [url, issuer] = [`http://localhost:${port}`, `https://localhost:${issuerPort}`];
  const stores = databases ? Object.values(databases.create()).map(String) : [];
  stores.forEach((address, at) => {
    writeFileSync(file(`database-${at}`), address);
    chmodSync(file(`database-${at}`), 0o600);
  });
  writeFileSync(file('plein.toml'), configuration(port, url, issuer, databases !== undefined, sessions));
  // The public key goes to the issuer as an operator would give it.
  const told = execFileSync(program, ['check-config', '--config', file('plein.toml')], { encoding: 'utf8' });
  const jwks = JSON.parse(/public key for the provider: (.*)/.exec(told)?.[1] ?? '');
  const client = {
    client_id: 'plein',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks,
    redirect_uris: [`${url}/aanmelden/terug`],
    post_logout_redirect_uris: [`${url}/aanmelden/afgemeld`],
    backchannel_logout_uri: `${url}/aanmelden/afmelden-door-provider`,
    backchannel_logout_session_required: true,
  };
  let keys = 0;
  const startIssuer = async () => {
    keys += 1;
    const settings = JSON.stringify({ port: issuerPort, certificate: file('tls.pem'), key: file('tls.key'), client, kid: `issuer-${keys}` });
    const child = spawn(process.execPath, [path.join(__dirname, 'issuer.mjs'), settings]);
    await saying(children, child, /issuer is ready/);
    return child;
  };
  let running = await startIssuer();
  await saying(children, spawn(program, ['serve', '--config', file('plein.toml')]), /Plein listens at/);
  return {
    url,
    issuer,
    async rotate() {
      const gone = new Promise(resolve => running.once('exit', resolve));
      running.kill('SIGKILL');
      await gone;
      running = await startIssuer();
    },
  };
}

function configuration(port: number, url: string, issuer: string, postgres: boolean, sessions: string): string {
  const databases = postgres ? 'postgres_url_file = "database-0"\nkeyring_postgres_url_file = "database-1"' : '';
  return `
[server]
listen = "127.0.0.1:${port}"
public_url = "${url}"
[installation]
municipality = "Gemeente Voorbeeld"
privacy_email = "privacy@voorbeeld.example"
fg_email = "fg@voorbeeld.example"
[data]
folder = "data"
master_key_file = "master.key"
${databases}
[sessions]
${sessions}
[oidc]
issuer = "${issuer}"
client_id = "plein"
authentication = "private_key_jwt"
key_file = "client.key"
assertion_audience = "issuer"
ca_file = "ca.pem"
userinfo = true
[[oidc.group]]
group = "LIP-Vergunningen"
department = "Vergunningen"
roles = ["member"]
[[oidc.group]]
group = "LIP-Regisseurs"
roles = ["coordinator"]
[[oidc.group]]
group = "LIP-Privacy"
department = "Privacy"
roles = ["privacy-officer"]
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function saying(children: ChildProcess[], child: ChildProcess, ready: RegExp): Promise<void> {
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (piece: Buffer) => {
      said += piece;
      if (ready.test(said)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', code => reject(new Error(`ended by itself (${code}):\n${said}`)));
  });
}

export async function newPage(browser: Browser, town: Town): Promise<Page> {
  // The browser of a test does not know the authority; Plein does, and that is what counts.
  const context = await browser.newContext({ baseURL: town.url, ignoreHTTPSErrors: true });
  keepPages(context, town.url);
  return context.newPage();
}

/** At the issuer: who one is, and that Plein may know. */
export async function signInAtIssuer(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('whatever');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** The same for who agreed before: the issuer asks who they are, and nothing else. */
export async function signInAnewAtIssuer(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('whatever');
  await page.locator('button[type=submit]').click();
}

/** Somebody, signed in at Plein, who said that they take signals in. */
export async function signedIn(browser: Browser, town: Town, login: string): Promise<Page> {
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, login);
  await expect(page).toHaveURL(`${town.url}/`);
  return page;
}

/** A browser that has the session of another one and nothing else, as when the issuer is on another host. */
export async function withTheSessionAlone(browser: Browser, town: Town, other: Page): Promise<BrowserContext> {
  const cookies = (await other.context().cookies(town.url)).filter(cookie => cookie.name === '__Host-plein');
  const context = await browser.newContext({ baseURL: town.url });
  await context.addCookies(cookies);
  return context;
}

