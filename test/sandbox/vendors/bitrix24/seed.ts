import type { JsonObject } from '../../core/emulator.ts';
import {
	checked,
	count,
	date,
	filledText,
	flag,
	integer,
	listOf,
	oneOf,
	orNull,
	text,
	wholeNumber,
} from '../../core/rules.ts';
import type { Values } from '../../core/rules.ts';
import { ADMINISTRATOR } from './accounts.ts';
import type { Portal } from './portal.ts';
import { addTemplates, addUsers, templates, users } from './seedDirectory.ts';
import { ROBOT_TEMPLATE } from './workflows.ts';
import type { Instance } from './workflows.ts';

const OPTIONS = {
	ids: listOf(filledText),
	state: oneOf('running', 'locked', 'stuck', 'terminated', 'completed'),
	templateId: integer,
	moduleId: text,
	entity: text,
	documentId: text,
	startedBy: integer,
	startedAt: date,
	modifiedAt: date,
	ownedUntil: orNull(date),
	intervalMs: count,
	tasks: count,
	taskUserId: integer,
	taskStatus: wholeNumber(0, 4),
	error: text,
	errorCode: text,
	/**
	 * The class of an activity is gone, as after an application or module was removed: terminate and kill then make
	 * the server die, and the whole request gets HTTP 500 with HTML, a batch included.
	 */
	activityGone: flag,
	templates,
	users,
};

type Options = Partial<Values<typeof OPTIONS>>;

/**
 * Start times, by turns: an ID with an `e` between digits, one of digits only, and one from winter,
 * whose dates carry the portal's other offset.
 */
const STARTS = [0x66e412fd, 0x66412345, 0x658c4d3d];

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** A step that runs locks its workflow for 300 seconds; "stuck" is a lock more than 5 minutes from now. */
function lockOf({ ownedUntil, state }: Options, now: number): number | null {
	if (ownedUntil !== undefined) return ownedUntil === null ? null : wholeSecond(Date.parse(ownedUntil));
	if (state === 'locked') return wholeSecond(now) + 300_000;
	return state === 'stuck' ? wholeSecond(now) - 3_600_000 : null;
}

function makeInstance(portal: Portal, number: number, options: Options): Instance {
	const { workflows } = portal;
	const turn = workflows.instances.size;
	const state = options.state ?? 'running';
	const ended = state === 'terminated' || state === 'completed';
	const first = options.startedAt
		? Date.parse(options.startedAt)
		: (STARTS[turn % STARTS.length] ?? 0) * 1000;
	const started = wholeSecond(first + number * (options.intervalMs ?? 0));
	// Every third one was started by an automation rule: no user, and a template that no list shows.
	const templateId = options.templateId ?? [1, 212, ROBOT_TEMPLATE][turn % 3] ?? 1;
	const template = workflows.templates.get(templateId);
	const type = template?.documentType ?? 'LEAD';
	return {
		id: options.ids?.[number] ?? workflows.newId(started),
		state: ended ? state : 'running',
		title: state === 'terminated' ? 'Terminated' : '',
		moduleId: options.moduleId ?? template?.moduleId ?? 'crm',
		entity: options.entity ?? template?.entity ?? 'CCrmDocumentLead',
		documentId: options.documentId ?? (/^[A-Z]+$/.test(type) ? `${type}_${turn + 1}` : String(turn + 1)),
		templateId,
		startedBy: options.startedBy ?? (template?.robot ? 0 : ADMINISTRATOR),
		started,
		modified: options.modifiedAt ? wholeSecond(Date.parse(options.modifiedAt)) : started + (turn + 1) * 1000,
		ownedUntil: ended ? null : lockOf(options, portal.now()),
		endedAt: ended ? portal.now() : null,
		failure:
			options.error === undefined && options.errorCode === undefined
				? null
				: { code: options.errorCode ?? '', description: options.error ?? '' },
		activityGone: options.activityGone ?? false,
		parameters: {},
	};
}

/** Adds workflows (with tasks), templates and users; returns the IDs of the workflows. */
export function seed(portal: Portal, count: number, given: JsonObject): string[] {
	const options = checked('Bitrix24', 'seed option', OPTIONS, given);
	addTemplates(portal.workflows, options.templates);
	addUsers(portal.accounts, options.users);
	const ids: string[] = [];
	for (let number = 0; number < Math.max(count, options.ids?.length ?? 0); number += 1) {
		const instance = makeInstance(portal, number, options);
		if (portal.workflows.instances.has(instance.id)) {
			throw new Error(`Bitrix24 already has a workflow ${instance.id}`);
		}
		portal.workflows.instances.set(instance.id, instance);
		for (let task = 0; task < (options.tasks ?? 0); task += 1) {
			portal.workflows.addTask(instance, options.taskUserId ?? ADMINISTRATOR, options.taskStatus ?? 0);
		}
		ids.push(instance.id);
	}
	return ids;
}
