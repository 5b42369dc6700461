import { droppedFilters } from '../../core/dropFilters.ts';
import { count, flag, integer, wholeNumber } from '../../core/rules.ts';
import { choice, starting, SwitchTable } from '../../core/switches.ts';
import type { SwitchesOf } from '../../core/switches.ts';

/**
 * What the vendor's pages leave open, one switch each. The first value is the default.
 * `expireNow` is a trigger: it acts when it is set and reads back as 'none'.
 */
export const SWITCHES = new SwitchTable('EnOS BPM', {
	errorHttpStatus: choice(200, 'mapped'),
	terminate: choice('normal', 'denied', 'dataFalse', 33500, 33404, 99400),
	/**
	 * The pages name no right to read; both refusals are what neighbouring pages have. `ownOnly`: Get shows only what the user
	 * has started, a list shows all.
	 */
	read: choice('normal', 33403, 99403, 'ownOnly'),
	finishedInstance: choice(33404, 33500, 'dataFalse', 33403, 99400),
	reasonKey: choice('deleteReason', 'both'),
	missingReason: choice(33500, 'accept'),
	/** What is there afterwards of the reason of a termination. */
	keptReason: choice('all', 'beginning', 'nothing'),
	timestamps: choice('epochMs', 'digits', 'iso'),
	completedTimeOfTerminated: choice('null', 'set'),
	listRow: choice('full', 'firstFields', 'withoutEndTimes'),
	/** What an answer without rows has for them. */
	emptyList: choice('array', 'null'),
	omitTotal: starting(false, flag),
	nameMatch: choice('contains', 'exact'),
	expiredUserToken: choice(31401, 33401, 'http401', 1203),
	orgRequired: choice(31512, 'notRequired'),
	signature: choice('whenSent', 'required', 'ignored'),
	/** Which services the gateway asks a signature for; the portal may be reached past it. */
	signedServices: choice('all', 'bpm'),
	sessionSetToken: choice('same', 'new'),
	secondLogin: choice('keepsTokens', 'endsTokens'),
	mfaType: choice('NONE', 'absent', 'TOTP'),
	/** Whether this EnOS has the BPM service: the gateway does not know its paths otherwise. */
	bpm: choice('installed', 'absent'),
	portalPaths: choice('v2.2', 'v2.0'),
	portalSuccess: choice(0, 200),
	tokenStatusKey: choice('status', 'stauts'),
	expireNow: choice('none', 'userTokens', 'refreshTokens', 'appTokens', 'all'),
	clockOffsetMs: starting(0, integer),
	/** How far a signed timestamp may be away; 0 = not checked. */
	clockToleranceMs: starting(0, count),
	userTokenLifetimeMs: starting(7_200_000, wholeNumber(1)),
	refreshTokenLifetimeMs: starting(2_592_000_000, wholeNumber(1)),
	appTokenLifetimeMs: starting(7_200_000, wholeNumber(1)),
	/** Wrong passwords until an account is locked, and for how long. */
	loginAttempts: starting(5, wholeNumber(1)),
	lockMs: starting(900_000, wholeNumber(1)),
	/** A larger page size is cut down to this; 0 = no cap. */
	maxPageSize: starting(0, count),
	/** So many of the found running instances (the oldest) complete by themselves after each answer of queryList. */
	finishPerPage: starting(0, count),
	/** Filters of the page "Query Process Instance" that queryList overlooks. */
	dropFilters: droppedFilters([
		'processStatus',
		'processName',
		'processInstanceId',
		'startBy',
		'startedBefore',
		'startedAfter',
	]),
});

/** The switches with their values. */
export type Switches = SwitchesOf<typeof SWITCHES>;
