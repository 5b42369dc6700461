import { waitForOtherLogin } from '../../core/connection/otherLogin';
import type { Session } from '../../core/connection/sessions';
import { MAX_SESSION_ROUNDS } from '../../core/http/limits';
import { isSuccess } from '../../core/http/messages';
import type { LoginClient } from '../../core/n8n/transport/login';
import { asObject, asText } from '../../core/util/json';
import type { JsonRecord } from '../../core/util/json';
import { excerpt } from '../../core/util/excerpt';
import { isSessionCode, NO_ORGANIZATION, UNKNOWN_ORGANIZATION } from '../api/errors';
import type { LoginStep } from '../api/errors';
import { encryptionOf, timestamps } from '../api/signature';
import { loginError, secondFactor, severalOrganizations, unknownOrganization } from './loginErrors';
import { ask } from './portal';
import type { Answer } from './portal';
import type { Settings } from './settings';

const PORTAL = '/app-portal-service';

/** Where "Log In" and "Choose Organization" are: on the newer pages, and on the older ones that some portals still follow. */
const VERSIONS = [
	{ login: 'v2.2', choice: 'v2.2' },
	{ login: 'v2.0', choice: 'v2.1' },
] as const;

/** HTTP status, and the gateway's code, of a path that is not there. */
const NO_SUCH_PATH = 404;

/** What `inspect` says of a session that is good for BPM calls. */
export const ALIVE = 0;

/** Who logs in, and for which organization. */
type Account = Extract<Settings['user'], { account: string }>;

interface Organization {
	id: string;
	name: string;
}

/**
 * Opens a session as the credential says: an application token where it has an application ("Get Access Token"), then
 * "Log In" and "Choose Organization"; a pasted user token is taken as it is. Rejects with CredentialError.
 */
export async function openSession(settings: Settings, client: LoginClient): Promise<Session> {
	return await openWith(settings, client, await applicationToken(settings, client));
}

/** The same with an application token that is already there. Rejects with CredentialError. */
export async function openWith(
	settings: Settings,
	client: LoginClient,
	appToken: string | undefined,
): Promise<Session> {
	const { user } = settings;
	const token = 'accessToken' in user ? user.accessToken : await logIn(settings, user, client, appToken);
	return sessionOf(token, appToken);
}

/** The same user token with the application token that the gateway has now. Rejects with CredentialError. */
export async function withApplication(
	settings: Settings,
	session: Session,
	client: LoginClient,
): Promise<Session> {
	const appToken = await applicationToken(settings, client);
	return appToken === session.extra['appToken'] ? session : sessionOf(session.token, appToken);
}

/**
 * What EnOS says about a session ("Get Token Information"): ALIVE, or the code against it; undefined when it does not say.
 * Rejects with LoginTrouble when no response comes.
 */
export async function inspect(
	settings: Settings,
	{ token, extra }: Session,
	client: LoginClient,
): Promise<number | undefined> {
	const { appToken } = extra;
	const answer = await ask(settings, client, {
		method: 'GET',
		path: `${PORTAL}/v2.2/session/info`,
		token,
		...(appToken !== undefined && { appToken }),
	});
	const data = successOf(answer);
	if (data) return asText(data['currentOrgId']) === undefined ? NO_ORGANIZATION : ALIVE;
	return answer.envelope?.code ?? (answer.response.status === 401 ? 401 : undefined);
}

function sessionOf(token: string, appToken: string | undefined): Session {
	return { token, extra: appToken === undefined ? {} : { appToken }, obtainedAt: Date.now() };
}

/** The one token that the gateway keeps for the application, until it expires; undefined without an application. */
async function applicationToken(settings: Settings, client: LoginClient): Promise<string | undefined> {
	const { application } = settings;
	if (!application) return undefined;
	const answer = await ask(settings, client, {
		method: 'POST',
		path: '/apim-token-service/v2.0/token/get',
		body: () => {
			const timestamp = timestamps.next(application.key);
			const encryption = encryptionOf(application.key, timestamp, application.secret);
			return { appKey: application.key, encryption, timestamp };
		},
	});
	return await tokenIn('application', answer);
}

/** The user's token. Between two steps another process may log in, which may void the token of the first. */
async function logIn(
	settings: Settings,
	user: Account,
	client: LoginClient,
	appToken: string | undefined,
): Promise<string> {
	for (let round = 1; ; round += 1) {
		const opened = await logInOnce(settings, user, client, appToken);
		if (typeof opened === 'string') return opened;
		if (round >= MAX_SESSION_ROUNDS) {
			return await Promise.reject(loginError('organization', opened.envelope, opened.response));
		}
		await waitForOtherLogin(round);
	}
}

/** The user's token, or the answer that refuses it right after the login. */
async function logInOnce(
	settings: Settings,
	{ account, password, orgId }: Account,
	client: LoginClient,
	appToken: string | undefined,
): Promise<string | Answer> {
	const signed = appToken === undefined ? {} : { appToken };
	const logInAt = async (version: (typeof VERSIONS)[number]) => ({
		version,
		answer: await ask(settings, client, {
			method: 'POST',
			path: `${PORTAL}/${version.login}/login`,
			body: () => ({ account, password }),
			...signed,
		}),
	});
	const [newer, older] = VERSIONS;
	let attempt = await logInAt(newer);
	if (isNoSuchPath(attempt.answer)) attempt = await logInAt(older);
	const { answer, version } = attempt;
	const data = successOf(answer);
	const factor = asText(data?.['mfaType']);
	if (factor !== undefined && factor.toUpperCase() !== 'NONE') return await Promise.reject(secondFactor());
	const token = await tokenIn('login', answer);

	const organizations = organizationsIn(data);
	if (orgId === '' && organizations.length > 1) {
		return await Promise.reject(severalOrganizations(named(organizations)));
	}
	const chosen = orgId === '' ? organizations[0]?.id : orgId;
	// Nothing to choose from: EnOS will say whether BPM calls need an organization then.
	if (chosen === undefined) return token;

	const choice = await ask(settings, client, {
		method: 'POST',
		path: `${PORTAL}/${version.choice}/session/set`,
		body: () => ({ orgId: chosen }),
		token,
		...signed,
	});
	if (choice.envelope?.code === UNKNOWN_ORGANIZATION) {
		return await Promise.reject(unknownOrganization(chosen, named(organizations)));
	}
	if (isSessionCode(choice.envelope?.code ?? choice.response.status)) return choice;
	const session = successOf(choice);
	if (!session) return await Promise.reject(loginError('organization', choice.envelope, choice.response));
	// The answer describes it as the token of the request, yet its sample shows another one.
	return asText(session['accessToken']) ?? token;
}

async function tokenIn(step: LoginStep, answer: Answer): Promise<string> {
	const token = asText(successOf(answer)?.['accessToken']);
	return token ?? (await Promise.reject(loginError(step, answer.envelope, answer.response)));
}

/** A portal without this version of its pages; an error of the portal itself has another code. */
function isNoSuchPath({ envelope, response }: Answer): boolean {
	return envelope ? envelope.code === NO_SUCH_PATH : response.status === NO_SUCH_PATH;
}

/** The data of a success. 0 means success everywhere, 200 only in older versions of the portal. */
function successOf({ envelope, response }: Answer): JsonRecord | undefined {
	if (!envelope || !isSuccess(response.status)) return undefined;
	const good = envelope.code === 0 || (envelope.key === 'code' && envelope.code === 200);
	return good ? asObject(envelope.data) : undefined;
}

function organizationsIn(data: JsonRecord | undefined): Organization[] {
	const list: unknown = data?.['organizations'];
	if (!Array.isArray(list)) return [];
	return list.flatMap((entry) => {
		const id = asText(asObject(entry)?.['id']);
		return id === undefined ? [] : [{ id, name: asText(asObject(entry)?.['name']) ?? '' }];
	});
}

function named(organizations: readonly Organization[]): string {
	return excerpt(organizations.map(({ id, name }) => (name === '' ? id : `${id} (${name})`)).join(', '));
}
