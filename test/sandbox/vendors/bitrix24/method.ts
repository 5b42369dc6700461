import type { Json } from '../../core/emulator.ts';
import type { User } from './accounts.ts';
import type { Params } from './input.ts';
import type { Portal } from './portal.ts';

/** What a method answers: the result, and what a list adds to it. */
export interface MethodAnswer {
	result: Json;
	next?: number;
	total?: number;
}

/** One method of the REST API. */
export interface Method {
	/** What has to be ticked; `user` is met by each of its three versions (page "User Scope Versions"). */
	scope: 'basic' | 'bizproc' | 'user';
	run: (portal: Portal, user: User, params: Params) => MethodAnswer;
}
