import { droppedFilters } from '../../core/dropFilters.ts';
import { count, flag, integer, orNull, wholeNumber } from '../../core/rules.ts';
import { choice, starting, SwitchTable } from '../../core/switches.ts';
import type { SwitchesOf } from '../../core/switches.ts';
import { isoTime } from './time.ts';

/** What the documentation leaves open, as choices. The first value of each is the default. */
export const SWITCHES = new SwitchTable('8x8', {
	/** The account's key was disabled on the API Keys page. */
	keyDisabled: starting(false, flag),
	/** The account is not enabled for the Automation API (early access); `account`: 404 with a text that names it. */
	notEnabled: choice(false, 403, 404, 'account'),
	/** How 404 speaks of a definition: in the documented words, or in others. */
	notFoundText: choice('documented', 'reworded'),
	/** Listing the instances of an unknown definition: the reference describes both. */
	unknownDefinitionList: choice(404, 'empty'),
	/** An instance ID that is not 24 hex digits. */
	malformedInstanceId: choice(400, 404),
	limitOutOfRange: choice('refuse', 'clamp'),
	/** Whether `offset` counts pages or items. */
	offsetMode: choice('page', 'item'),
	/** What a refused command looks like. */
	refusal: choice('empty400', 'error400', 'noEffect'),
	terminateEnded: choice('accept', 'refuse'),
	success: choice('empty200', 'empty204', 'json200'),
	/** Where ID and version of a definition are: nested as in the samples, or on top as in the schema. */
	definitionShape: choice('sample', 'schema'),
	listDisabled: starting(false, flag),
	/** Whether "List definitions" has the latest version of each definition, or all of them. */
	listedVersions: choice('latest', 'all'),
	errorsShape: choice('array', 'object'),
	usageShape: choice('object', 'array'),
	startLocation: choice('path', 'absolute', 'none'),
	/** What happens after each answer of the instance list. */
	betweenPages: choice('none', 'finish', 'fault', 'start'),
	/** Moves the vendor's clock. */
	clockOffsetMs: starting(0, integer),
	/** Stops the vendor's clock at this ISO 8601 time; the offset still applies. Null: the real clock. */
	frozenAt: starting(null, orNull(isoTime)),
	/** How long the scheduled deletion of a definition takes. */
	deleteDelayMs: starting(0, count),
	/** How many instances `betweenPages` concerns after each answer, the newest first. */
	changesPerPage: starting(1, wholeNumber(1)),
	/**
	 * Filters of "Retrieve list of workflow instances" that the list overlooks. Without `version` it covers all
	 * versions.
	 */
	dropFilters: droppedFilters(['version', 'status', 'startTimeFrom', 'startTimeTo']),
});

/** The switches with their values. */
export type Switches = SwitchesOf<typeof SWITCHES>;
