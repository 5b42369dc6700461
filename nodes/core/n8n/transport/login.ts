import type { IHttpRequestOptions } from 'n8n-workflow';

import type { HttpRequest } from '../../connection/connection';
import type { TransportResult } from '../../http/transport';
import { withDeadline } from './deadline';
import { toTransportResult } from './helperErrors';
import { toApiResponse } from './helperResponse';

/** What a login says about its request; everything else is the same for all of them. */
export type LoginRequest = Required<Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'timeout'>> &
	Pick<IHttpRequestOptions, 'body'>;

/**
 * Sends one request of a login and hands the answer through unread. Redirects are not followed: the request carries a
 * password. Never rejects.
 */
export async function sendLogin(request: HttpRequest, options: LoginRequest): Promise<TransportResult> {
	try {
		const full = await withDeadline(
			options.timeout,
			undefined,
			async (abortSignal) =>
				await request({
					...options,
					abortSignal,
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
				}),
		);
		return { kind: 'response', response: toApiResponse(full) };
	} catch (error) {
		return toTransportResult(error);
	}
}
