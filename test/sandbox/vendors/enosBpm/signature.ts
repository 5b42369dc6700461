import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

import { EnosError } from './answers.ts';
import { APPLICATIONS } from './directory.ts';
import type { World } from './world.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** `encryption` of the page "Get Access Token". */
export function encryptionOf(appKey: string, timestamp: string, appSecret: string): string {
	return sha256(appKey + timestamp + appSecret);
}

/** What a signed call is signed over. Query values are the decoded ones. */
export interface Signed {
	accessToken: string;
	appSecret: string;
	timestamp: string;
	query: ReadonlyArray<readonly [string, string]>;
	body: string;
}

/** `apim-signature` of the page "Invoking API with Access Token". */
export function signatureOf({ accessToken, appSecret, timestamp, query, body }: Signed): string {
	const sorted = [...query].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	const paramsData = sorted.map(([key, value]) => key + value).join('') + body;
	return sha256(accessToken + paramsData + timestamp + appSecret);
}

const HEADERS = ['apim-accesstoken', 'apim-signature', 'apim-timestamp'] as const;

/** Checks the application identity of a call, as far as the switch `signature` asks for it. */
export function checkSignature(world: World, request: FastifyRequest): void {
	const mode = world.switches.signature;
	const [accessToken, signature, timestamp] = HEADERS.map((name) => String(request.headers[name] ?? ''));
	const present = HEADERS.some((name) => request.headers[name] !== undefined);
	if (mode === 'ignored' || (mode === 'whenSent' && !present)) {
		world.count('unsignedCalls');
		return;
	}
	const refuse = (code: 1001 | 1003 | 1004 | 1202 | 1203): EnosError => {
		world.count('refusedSignatures');
		return new EnosError('token', code);
	};
	if (!accessToken || !signature || !timestamp) throw refuse(1202);
	if (!/^\d{1,16}$/.test(timestamp)) throw refuse(1004);
	// A gateway keeps no record of tokens long gone, so an unknown one reads as expired.
	const app = world.tokens.validApp(accessToken);
	const appSecret = app && APPLICATIONS.get(app.appKey);
	if (appSecret === undefined) throw refuse(1203);
	const query = [...new URL(request.url, 'http://gateway.example').searchParams];
	const expected = signatureOf({ accessToken, appSecret, timestamp, query, body: request.rawBody });
	if (signature !== expected) throw refuse(1003);
	const tolerance = world.switches.clockToleranceMs;
	if (tolerance > 0 && Math.abs(world.now() - Number(timestamp)) > tolerance) throw refuse(1003);
	if (!world.useOnce(signature)) throw refuse(1001);
	world.count('signedCalls');
}
