import type { IHttpRequestOptions } from 'n8n-workflow';

import type { HttpRequest } from '../../connection/connection';
import { LoginTrouble } from '../../connection/credentialError';
import type { Repetition } from '../../connection/credentialError';
import { backoffMs, retryAfterMs } from '../../http/backoff';
import {
	LOGIN_BUDGET_MS,
	MAX_LOGIN_ATTEMPTS,
	MAX_NAP_MS,
	MAX_WAIT_MS,
	QUESTION_TIMEOUT_MS,
} from '../../http/limits';
import type { ApiResponse } from '../../http/messages';
import type { TransportFault, TransportResult } from '../../http/transport';
import { AbandonedError } from '../../util/abandoned';
import { clock as machineClock } from '../../util/clock';
import type { Clock } from '../../util/clock';
import type { IsWanted } from '../../util/singleFlight';
import { withDeadline } from './deadline';
import { toTransportResult } from './helperErrors';
import { toApiResponse } from './helperResponse';

/** What a login says about its request; everything else is the same for all of them. */
export type LoginRequest = Required<Pick<IHttpRequestOptions, 'method' | 'url' | 'headers'>> &
	Pick<IHttpRequestOptions, 'body'>;

/** The way of one login to its server: its calls share one budget of time. */
export class LoginClient {
	private readonly startedAt: number;

	constructor(
		private readonly request: HttpRequest,
		private readonly isWanted: IsWanted = () => true,
		private readonly clock: Clock = machineClock,
	) {
		this.startedAt = clock.now();
	}

	/**
	 * Makes one call and gives what `read` makes of its result. Where that is LoginTrouble the call is repeated after a wait,
	 * as often as it allows. Rejects with what `read` throws at last, or with AbandonedError when nobody waits any more.
	 */
	async ask<T>(options: () => LoginRequest, read: (result: TransportResult) => T): Promise<T> {
		for (let attempt = 1; ; attempt += 1) {
			if (!this.isWanted()) return await Promise.reject(new AbandonedError());
			const result = await sendLogin(this.request, options());
			try {
				return read(result);
			} catch (error) {
				if (!(error instanceof LoginTrouble) || !(await this.mayRepeat(error, attempt))) {
					return await Promise.reject(error);
				}
			}
		}
	}

	/** Waits before the next attempt, if there is to be one. */
	private async mayRepeat({ attempts, waitMs }: LoginTrouble, attempt: number): Promise<boolean> {
		if (attempt >= attempts) return false;
		const wait = Math.max(waitMs ?? 0, backoffMs(attempt, this.clock.random()));
		const nextAt = this.clock.now() + wait;
		const budget = waitMs === undefined ? LOGIN_BUDGET_MS : MAX_WAIT_MS;
		if (nextAt - this.startedAt > budget) return false;
		for (let rest = wait; rest > 0 && this.isWanted(); rest = nextAt - this.clock.now()) {
			await this.clock.sleep(Math.min(rest, MAX_NAP_MS));
		}
		return true;
	}
}

/** How a login is repeated after the response of a server that is busy or broken. */
export function repetitionAfter(response: ApiResponse): Repetition {
	return { attempts: MAX_LOGIN_ATTEMPTS, waitMs: retryAfterMs(response, Date.now()) };
}

/** How often a login may be repeated after a fault. */
export function attemptsAfter({ stopsRun, attempts }: TransportFault): number {
	return stopsRun ? 1 : (attempts ?? MAX_LOGIN_ATTEMPTS);
}

/**
 * Sends one request of a login and hands the answer through unread. Redirects are not followed: the request carries a
 * password. Never rejects.
 */
export async function sendLogin(request: HttpRequest, options: LoginRequest): Promise<TransportResult> {
	try {
		const full = await withDeadline(
			QUESTION_TIMEOUT_MS,
			undefined,
			async (abortSignal) =>
				await request({
					...options,
					timeout: QUESTION_TIMEOUT_MS,
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
