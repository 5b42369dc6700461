import { isFilterList } from '../../core/dropFilters.ts';
import type { JsonObject } from '../../core/emulator.ts';
import { INSTANCE_COLUMNS, TASK_COLUMNS, TEMPLATE_COLUMNS, USER_COLUMNS } from './columns.ts';

/** The switches of the emulated portal. */
export interface Switches {
	/** Server generation; decides filter grammar, `start: -1` and numeric IDs. */
	generation: 'old' | 'new' | 'docs2026';
	edition: 'cloud' | 'selfHosted';
	lang: 'en' | 'ru';
	/** Statuses of credential errors: as documented (403, 503) or as in the server code (401). */
	authStatus: 'docs' | 'code';
	plan: 'full' | 'noBizproc' | 'noRest';
	rateLimit: 'off' | 'standard' | 'enterprise';
	/** Operating-time budget; `auto` counts in the cloud only. */
	operating: 'auto' | 'on' | 'off';
	/** Seconds of the budget; null is 480 in the cloud and 420 on a self-hosted portal. */
	operatingLimitSeconds: number | null;
	/** Simulated run time of every counted call. */
	operatingCostSeconds: number;
	/** Form of the time block; `auto` follows the edition. */
	timeForm: 'auto' | 'full' | 'noResetAt' | 'bare';
	/** Refuses webhooks over http, as the cloud does. */
	requireHttps: boolean;
	/** How an unknown, revoked or expired webhook is answered. */
	webhookAuthError: 'INVALID_CREDENTIALS' | 'NO_AUTH_FOUND';
	/** One refusal for every caller. */
	deny:
		| 'none'
		| 'notAdmin'
		| 'noScope'
		| 'invalidCredentials'
		| 'userAccess'
		| 'overload'
		| 'paymentRequired'
		| 'portalDeleted';
	/** Redirect URI on the app card. */
	redirectUri: string;
	authorization: 'grant' | 'refuse';
	/** Who authorizes the app. */
	oauthUser: 'administrator' | 'employee';
	tokenServer: 'normal' | 'paymentRequired' | 'wrongClient';
	/** Added to the real time everywhere. */
	clockOffsetMs: number;
	/**
	 * So many of the found running workflows (lowest IDs) finish by themselves after each page of instances, also
	 * between the commands of one batch.
	 */
	finishPerPage: number;
	/** Fields on which all lists overlook filters, whatever the operator; `*` stands for all. */
	dropFilters: string[];
}

export const DEFAULT_SWITCHES: Switches = {
	generation: 'new',
	edition: 'cloud',
	lang: 'en',
	authStatus: 'docs',
	plan: 'full',
	rateLimit: 'standard',
	operating: 'auto',
	operatingLimitSeconds: null,
	operatingCostSeconds: 0,
	timeForm: 'auto',
	requireHttps: false,
	webhookAuthError: 'INVALID_CREDENTIALS',
	deny: 'none',
	redirectUri: 'http://127.0.0.1:5678/rest/oauth2-credential/callback',
	authorization: 'grant',
	oauthUser: 'administrator',
	tokenServer: 'normal',
	clockOffsetMs: 0,
	finishPerPage: 0,
	dropFilters: [],
};

const FIELDS = new Set(
	[INSTANCE_COLUMNS, TEMPLATE_COLUMNS, TASK_COLUMNS, USER_COLUMNS].flatMap(
		(columns: Array<{ name: string }>) => columns.map(({ name }) => name),
	),
);

const oneOf =
	(...values: unknown[]) =>
	(value: unknown): boolean =>
		values.includes(value);
const isSeconds = (value: unknown): boolean => typeof value === 'number' && value >= 0;

const ALLOWED: Record<keyof Switches, (value: unknown) => boolean> = {
	generation: oneOf('old', 'new', 'docs2026'),
	edition: oneOf('cloud', 'selfHosted'),
	lang: oneOf('en', 'ru'),
	authStatus: oneOf('docs', 'code'),
	plan: oneOf('full', 'noBizproc', 'noRest'),
	rateLimit: oneOf('off', 'standard', 'enterprise'),
	operating: oneOf('auto', 'on', 'off'),
	operatingLimitSeconds: (value) => value === null || isSeconds(value),
	operatingCostSeconds: isSeconds,
	timeForm: oneOf('auto', 'full', 'noResetAt', 'bare'),
	requireHttps: oneOf(true, false),
	webhookAuthError: oneOf('INVALID_CREDENTIALS', 'NO_AUTH_FOUND'),
	deny: oneOf(
		'none',
		'notAdmin',
		'noScope',
		'invalidCredentials',
		'userAccess',
		'overload',
		'paymentRequired',
		'portalDeleted',
	),
	redirectUri: (value) => typeof value === 'string' && URL.canParse(value),
	authorization: oneOf('grant', 'refuse'),
	oauthUser: oneOf('administrator', 'employee'),
	tokenServer: oneOf('normal', 'paymentRequired', 'wrongClient'),
	clockOffsetMs: (value) => Number.isInteger(value),
	finishPerPage: (value) => Number.isInteger(value) && (value as number) >= 0,
	dropFilters: (value) => isFilterList(value, (name) => FIELDS.has(name)),
};

/** The switches after a change; nothing changes when one name or value is unknown. */
export function applySwitches(current: Switches, changes: JsonObject): Switches {
	for (const [name, value] of Object.entries(changes)) {
		if (!Object.hasOwn(ALLOWED, name)) throw new Error(`Bitrix24 has no switch named ${name}`);
		if (!ALLOWED[name as keyof Switches](value)) {
			throw new Error(`Bitrix24 switch ${name} cannot be ${JSON.stringify(value)}`);
		}
	}
	return { ...current, ...(changes as Partial<Switches>) };
}
