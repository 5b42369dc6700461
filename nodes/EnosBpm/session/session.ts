import type { CredentialData, HttpRequest, WaitingRun } from '../../core/connection/connection';
import { waitForOtherLogin } from '../../core/connection/otherLogin';
import { Sessions, storeSession, succeeding } from '../../core/connection/sessions';
import type { Session } from '../../core/connection/sessions';
import { LoginClient } from '../../core/n8n/transport/login';
import { AbandonedError, unlessAborted } from '../../core/util/abandoned';
import { SingleFlight } from '../../core/util/singleFlight';
import type { IsWanted } from '../../core/util/singleFlight';
import { isSessionCode } from '../api/errors';
import { forgetRefusal, noteRefusal } from './carried';
import { ALIVE, inspect, openSession, openWith, withApplication } from './login';
import { deadToken } from './loginErrors';
import { readSettings } from './settings';
import type { Settings } from './settings';

const sessions = new Sessions();

/** By settings: many refused requests want a renewal at once. */
const renewals = new SingleFlight<Session>();

/** By settings: all requests of this process wait together for another process to log in. */
const waits = new SingleFlight<void>();

/**
 * The session that requests carry: that of this process or of n8n, or a pasted token by itself. Undefined if nobody has a
 * session for exactly these settings, as after an edit of the credential.
 */
export function currentSession(settings: Settings, stored: unknown): Session | undefined {
	const known = sessions.current(settings.key, stored);
	if (known) return known;
	const { user, application } = settings;
	return 'accessToken' in user && !application
		? { token: user.accessToken, extra: {}, obtainedAt: 0 }
		: undefined;
}

/**
 * The session as n8n stores it in the credential. n8n asks for it when it has none, after NoSession and when the
 * credential is tested. Rejects with CredentialError, with AbandonedError when the run is cancelled before.
 */
export async function sessionToStore(
	credentials: CredentialData,
	request: HttpRequest,
	run?: WaitingRun,
): Promise<string> {
	const settings = readSettings(credentials);
	const stored = credentials['sessionToken'];
	const isEmpty = stored === '' || stored === undefined;
	// A credential test belongs to no run. It has to check the session of this process too, which may no longer be valid.
	const isUnchecked = run === undefined && sessions.newest(settings.key) !== undefined;
	const session =
		isEmpty && !isUnchecked
			? await unlessAborted(open(settings, request, waiterOf(run)), run?.signal)
			: await renewSession(settings, stored, request, run);
	return storeSession(settings.key, session);
}

/**
 * The session for a request that is about to leave. While a refused one is renewed the request waits: EnOS would refuse
 * it too. Rejects with CredentialError when the renewal is refused.
 */
export async function sessionToCarry(settings: Settings, stored: unknown): Promise<Session | undefined> {
	const renewed = await renewals.pending(settings.key)?.catch(orNone);
	return renewed ?? currentSession(settings, stored);
}

/** A renewal that was given up, because those who wanted it were cancelled, says nothing to the others. */
async function orNone(reason: unknown): Promise<undefined> {
	return reason instanceof AbandonedError ? undefined : await Promise.reject(reason);
}

/**
 * Replaces a session that was refused; all callers that ask in the meantime get the same one. Rejects with
 * CredentialError, with AbandonedError when the run is cancelled before.
 */
export async function renewSession(
	settings: Settings,
	stored: unknown,
	request: HttpRequest,
	run?: WaitingRun,
): Promise<Session> {
	const renewal = renewals.run(
		settings.key,
		async (isWanted) => {
			const session = await renew(settings, stored, request, { isWanted, since: run?.since });
			forgetRefusal(settings.key);
			return session;
		},
		waiterOf(run).isWanted,
	);
	return await unlessAborted(renewal, run?.signal);
}

/**
 * After a refusal, for which n8n is made to ask for another session with the next request. The session may have expired, or
 * another worker of this n8n has logged in since, where that voids it (no page says so). That worker saves its
 * session in the credential, where the next request finds it, so each waits for a random time before it logs in.
 */
export async function awaitOtherLogin(settings: Settings, round: number): Promise<void> {
	noteRefusal(settings.key);
	if ('account' in settings.user) await waits.run(settings.key, async () => await waitForOtherLogin(round));
}

/** The wait for another login, where one is under way. */
export function otherLoginAwaited({ key }: Settings): Promise<void> | undefined {
	return waits.pending(key);
}

/** Who a session is for. */
interface Waiter {
	isWanted: IsWanted;
	since: number | undefined;
}

function waiterOf(run: WaitingRun | undefined): Waiter {
	return { isWanted: () => !run?.signal?.aborted, since: run?.since };
}

async function open(settings: Settings, request: HttpRequest, waiter: Waiter): Promise<Session> {
	return await sessions.obtain(
		settings.key,
		'',
		async (wanted) => await openSession(settings, new LoginClient(request, wanted)),
		waiter,
	);
}

/**
 * Which session a refused request carried is not known here, nor whether it was the user's token that was refused or the
 * application's. Where that matters EnOS is asked about the current one first: when a newer session is at hand already,
 * nobody logs in again.
 */
async function renew(
	settings: Settings,
	stored: unknown,
	request: HttpRequest,
	waiter: Waiter,
): Promise<Session> {
	const current = currentSession(settings, stored);
	if (!current) return await open(settings, request, waiter);
	// Where another process has logged in since, this one's session is no better than the refused one.
	const refusedToken = sessions.newest(settings.key)?.token ?? current.token;
	let code: number | undefined;
	const isRecent = sessions.isRecent(settings.key, current);
	if (isWorthAsking(settings, isRecent)) {
		const client = new LoginClient(request, waiter.isWanted);
		code = await inspect(settings, current, client);
		if (code === ALIVE && ('accessToken' in settings.user || isRecent)) {
			// The portal need not look at the application's token, which BPM calls are signed with.
			const same = await withApplication(settings, current, client);
			if (same === current) return current;
			return await sessions.obtain(
				settings.key,
				refusedToken,
				async () => await Promise.resolve(succeeding(current, same)),
				waiter,
			);
		}
	}
	return await sessions.obtain(
		settings.key,
		refusedToken,
		async (wanted) =>
			succeeding(current, await replace(settings, current, code, new LoginClient(request, wanted))),
		waiter,
	);
}

/**
 * Whether the answer can change what is done. Once the current session is no longer recent, hardly any request with an
 * older one is still out; and for an account that logs in without an application there is one way to a new session.
 */
function isWorthAsking({ user, application }: Settings, isRecent: boolean): boolean {
	return 'accessToken' in user || application !== undefined || isRecent;
}

/**
 * If only the application token has expired, a new one is enough. It costs less than a login, which may void other
 * sessions.
 */
async function replace(
	settings: Settings,
	session: Session,
	refusal: number | undefined,
	client: LoginClient,
): Promise<Session> {
	const renewed = await withApplication(settings, session, client);
	let code = refusal;
	if (renewed !== session) {
		if (code !== ALIVE) code = await inspect(settings, renewed, client);
		// A pasted token counts as valid until it is refused: there is no other.
		const isOpen = 'accessToken' in settings.user && (code === undefined || !isSessionCode(code));
		if (code === ALIVE || isOpen) return renewed;
	}
	if ('accessToken' in settings.user) return await Promise.reject(deadToken(code));
	return await openWith(settings, client, renewed.extra['appToken']);
}
