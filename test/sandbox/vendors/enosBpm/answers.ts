import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';

import type { Switches } from './switches.ts';

/** The three services and their envelopes. */
export type Service = 'bpm' | 'portal' | 'token';

/** Wording of the error code tables of the vendor's pages; see the pages of the single operations. */
export const TEXT = {
	33401: 'Access token is not valid',
	33403: 'The current user does not have the permission to terminate this process instance.',
	33404: 'The process instance ID does not exist.',
	33500: 'Internal service error.',
	// Documented for other services of EnOS only; the wording is ours.
	99400: 'Invalid argument.',
	99403: 'No permission to call this API.',
	31400: 'The user name or password is wrong or empty',
	31401: 'Access token is not valid',
	31404: 'Can not find this organization',
	// The vendor answers this one in Chinese on some systems.
	31429: '密码错误次数过多或该 IP 尝试次数过多，请稍后再试',
	31512: 'Organization unselected',
	1001: 'Repeated request with duplicated encryption.',
	1002: 'The appKey does not exist.',
	1003: 'The encryption is not valid.',
	1004: 'Invalid parameter.',
	1202: 'The parameter is empty.',
	1203: 'The access token has expired.',
	1204: 'Failed to refresh the access token.',
} as const;

export type Code = keyof typeof TEXT;

const HTTP: Record<Code, number> = {
	33401: 401,
	33403: 403,
	33404: 404,
	33500: 500,
	99400: 400,
	99403: 403,
	31400: 400,
	31401: 401,
	31404: 404,
	31429: 429,
	31512: 403,
	1001: 403,
	1002: 403,
	1003: 403,
	1004: 400,
	1202: 400,
	1203: 401,
	1204: 401,
};

/** A documented error of one service. */
export class EnosError extends Error {
	readonly service: Service;

	readonly code: Code;

	constructor(service: Service, code: Code, text: string = TEXT[code]) {
		super(text);
		this.service = service;
		this.code = code;
	}
}

/** HTTP 401 without a body, one of the ways in which a gateway may refuse a user token. */
export class BareUnauthorized extends Error {}

/** An answer of the gateway itself, not of a service: plain text. */
export class GatewayRefusal extends Error {
	readonly httpStatus: number;

	constructor(httpStatus: number, text: string) {
		super(text);
		this.httpStatus = httpStatus;
	}
}

/** The token service's envelope; some versions misspell the first key. */
export function tokenEnvelope(switches: Switches, status: number, msg: string, data: unknown): object {
	return { [switches.tokenStatusKey]: status, msg, business: 'apim-token-service', data };
}

/** Sends an error in the envelope of its service. */
export async function sendError(reply: FastifyReply, switches: Switches, error: EnosError): Promise<void> {
	const { code, message, service } = error;
	const httpStatus = switches.errorHttpStatus === 'mapped' ? HTTP[code] : 200;
	const bodies = {
		bpm: {
			code,
			msg: message,
			...((code === 99400 || code === 99403) && { requestId: randomUUID() }),
			data: null,
		},
		portal: { code, message, data: null },
		token: tokenEnvelope(switches, code, message, null),
	};
	await reply.code(httpStatus).send(bodies[service]);
}
