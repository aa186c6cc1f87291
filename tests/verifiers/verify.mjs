// Ask Digital Bazaar's and the Digital Credentials Consortium's libraries about credentials.
// Standard input: {"documents": {address: document}, "credentials": {name: credential}}.
// Standard output: {name: {"bazaar": true or a reason, "consortium": true or a reason}}.
// Whatever they look up comes from the documents handed in; there is no network.
import { readFileSync } from 'node:fs';

const { documents, credentials } = JSON.parse(readFileSync(0, 'utf8'));

globalThis.fetch = async (asked) => {
  const address = typeof asked === 'string' ? asked : asked.url;
  const found = documents[address];
  return found
    ? new Response(JSON.stringify(found), { headers: { 'content-type': 'application/json' } })
    : new Response('', { status: 404 });
};

const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity');
const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const bazaar = await import('@digitalbazaar/vc');
const consortium = await import('@digitalcredentials/verifier-core');

const documentLoader = async (url) => {
  const [address, fragment] = url.split('#');
  const found = documents[address];
  if (!found) throw new Error(`There is no ${url}.`);
  const key = fragment && found.verificationMethod.find(({ id }) => id === url);
  if (fragment && !key) throw new Error(`There is no key ${url}.`);
  return {
    documentUrl: url,
    document: key ? { '@context': 'https://w3id.org/security/multikey/v1', ...key } : found,
  };
};

async function askBazaar(credential) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const answer = await bazaar.verifyCredential({
    credential, suite, documentLoader, checkStatus: async () => ({ verified: true }),
  });
  return answer.verified || String(answer.error?.errors?.[0] ?? answer.error);
}

async function askConsortium(credential) {
  const answer = await consortium.verifyCredential({ credential, knownDIDRegistries: [] });
  const said = Object.fromEntries((answer.log ?? []).map(({ id, valid }) => [id, valid]));
  if (answer.errors) return JSON.stringify(answer.errors);
  if (!said.valid_signature) return 'invalid signature';
  return said.revocation_status ? said.suspension_status || 'suspended' : 'revoked';
}

const answers = {};
for (const [name, credential] of Object.entries(credentials)) {
  answers[name] = {
    bazaar: await askBazaar(structuredClone(credential)),
    consortium: await askConsortium(structuredClone(credential)),
  };
}
process.stdout.write(JSON.stringify(answers));
