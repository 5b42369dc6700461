import { droppedFilters } from '../../core/dropFilters.ts';
import { count, flag, integer, orNull, textThat } from '../../core/rules.ts';
import type { Rule } from '../../core/rules.ts';
import { choice, starting, SwitchTable } from '../../core/switches.ts';
import type { SwitchesOf } from '../../core/switches.ts';
import { INSTANCE_COLUMNS, TASK_COLUMNS, TEMPLATE_COLUMNS, USER_COLUMNS } from './columns.ts';

const COLUMNS: Array<Array<{ name: string }>> = [
	INSTANCE_COLUMNS,
	TEMPLATE_COLUMNS,
	TASK_COLUMNS,
	USER_COLUMNS,
];

const seconds: Rule<number> = {
	accepts: (value) => typeof value === 'number' && value >= 0,
	takes: 'a number from 0',
};

/** The switches of the emulated portal. */
export const SWITCHES = new SwitchTable('Bitrix24', {
	/**
	 * Server generation; decides filter grammar, STARTED in filters, `start: -1` and numeric IDs. `new` and `old` are as
	 * measured on the vendor's own server code of May 2026 and March 2024, `docs2026` is what the pages of that year promise.
	 */
	generation: choice('new', 'old', 'docs2026'),
	edition: choice('cloud', 'selfHosted'),
	lang: choice('en', 'ru'),
	/** Credential errors: statuses and plan texts as documented (403, 503) or as in the server code (401). */
	authStatus: choice('docs', 'code'),
	plan: choice('full', 'noBizproc', 'noRest'),
	rateLimit: choice('standard', 'off', 'enterprise'),
	/** Operating-time budget; `auto` counts in the cloud only. */
	operating: choice('auto', 'on', 'off'),
	/** Seconds of the budget; null is 480 in the cloud and 420 on a self-hosted portal. */
	operatingLimitSeconds: starting(null, orNull(seconds)),
	/** Simulated run time of every counted call. */
	operatingCostSeconds: starting(0, seconds),
	/** Form of the time block; `auto` follows the edition. */
	timeForm: choice('auto', 'full', 'noResetAt', 'bare'),
	/** Refuses webhooks over http, as the cloud does. */
	requireHttps: starting(false, flag),
	/** How an unknown, revoked or expired webhook is answered. */
	webhookAuthError: choice('INVALID_CREDENTIALS', 'NO_AUTH_FOUND'),
	/** One refusal for every caller. */
	deny: choice(
		'none',
		'notAdmin',
		'noScope',
		'invalidCredentials',
		'userAccess',
		'wrongContext',
		'overload',
		'paymentRequired',
		'portalDeleted',
	),
	/** Whether templates may be listed; refused alone, whoever asks, as if only that right were missing. */
	templateList: choice('allowed', 'refused'),
	/** Redirect URI on the app card. */
	redirectUri: starting(
		'http://127.0.0.1:5678/rest/oauth2-credential/callback',
		textThat('a URL', (value) => URL.canParse(value)),
	),
	authorization: choice('grant', 'refuse'),
	/** The user who authorizes the app. */
	oauthUser: choice('administrator', 'employee'),
	/** What the authorization server answers; `wrongClient` and `paymentRequiredAsSuccess` come with HTTP 200. */
	tokenServer: choice('normal', 'paymentRequired', 'paymentRequiredAsSuccess', 'wrongClient'),
	/** Added to the real time everywhere. */
	clockOffsetMs: starting(0, integer),
	/**
	 * So many of the found running workflows (lowest IDs) finish by themselves after each page of instances, also
	 * between the commands of one batch.
	 */
	finishPerPage: starting(0, count),
	/** Fields on which all lists overlook filters, whatever the operator. */
	dropFilters: droppedFilters(COLUMNS.flat().map(({ name }) => name)),
});

/** The switches with their values. */
export type Switches = SwitchesOf<typeof SWITCHES>;
