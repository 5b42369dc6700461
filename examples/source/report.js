// The report of "Check your system". Data from the system appears in it only as words from the lists below, as codes, or as
// kinds of values such as "text (UUID)". So the report contains no ID, name or address.

/** Words of messages and states that may be shown. Any other word is replaced by ***. */
const WORDS = new Set(
	`a about accepted access account active activity administrator after again already an and another any api application are
	argument as assignee at authentication authorization authorized available be because been before blocked body business but by
	call can cancelled cannot change code commercial company complete completed condition correct could date definition delete
	deleted denied did do document does draft duplicate empty ended error exceeded exist expired fail failed failure field filter
	finished for forbidden format found from has had have if in inactive initiation input instance integer internal invalid is it
	its key known level limit list locked login many message method missing module more must name no not null number object of on
	only operation or organization page parameter partial permission permitted plan plans please portal process processes project
	provided quota range rate reached read reason record records refused rejected required request requests resource resumed right
	rights role rule rules running runnable service session shell should started state status step string subscription success
	successfully suspended system task tasks temporarily terminal terminate terminated text than that the there this time timeout
	to token too try type unable unauthorized unavailable unknown unselected update user valid value values version was webhook
	were which with without workflow workflows wrong you your
	API BP ID OK REST UUID URL Access Account Active Already Complete Completed Current Definition Draft Duplicate Empty Error
	Failed Inactive Initiation Instance Internal Invalid Missing No Not Organization Parameter Partial Pending Please Process
	Record Request Required Rule Runnable Server Success Suspended Task Terminal Terminated The This Unable Unauthorized User
	Workflow Business Name Number Project Shell bpname email groups id privileges project_number record_no title trigger
	inProgress ended absent inState dryRun alreadyEnded notRunning notFound notSent killed resumed`.split(/\s+/),
);

/** Fields whose values are words of a system or of the node, never data. */
const STATES = [
	'outcome',
	'currentState',
	'vendorState',
	'state',
	'status',
	'alreadyInState',
	'verified',
	'reasonStored',
];

/** Keys that hold what people and processes have put in. Of the keys below them only those listed are shown. */
const FREE = ['data', 'payload', 'values', 'inputs', 'outputs', 'selectNextStep'];
const SHOWN_IN_FREE = ['accountId', 'subAccountId', 'subaccountId', 'triggeredAt', 'payload'];

const MAX_WORDS = 40;
const MAX_KEYS = 80;
const MAX_DEPTH = 4;

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text with every word masked that is not in the list. */
function words(text) {
	const tokens = String(text).split(/([^\p{L}\p{N}_@.+\-']+)/u);
	const shown = tokens.map((token, index) => {
		if (index % 2 === 1) return token.replace(/[^\s,;:()[\]"]/gu, ' ');
		const [, word, end] = /^(.*?)([.]*)$/su.exec(token);
		return word === '' || WORDS.has(word) ? token : `***${end}`;
	});
	const masked = shown
		.join('')
		.replace(/\*\*\*(\s+\*\*\*)+/g, '***')
		.replace(/\s+/g, ' ')
		.trim();
	const parts = masked.split(' ');
	return parts.length > MAX_WORDS ? `${parts.slice(0, MAX_WORDS).join(' ')} ...` : masked;
}

/** A code of the system: a short number, or words joined by underscores. */
function codeOf(value) {
	const code = String(value);
	const isCode = /^-?\d{1,5}$/.test(code) || /^([A-Z]+(_[A-Z]+)+|[a-z]+(_[a-z]+)+)$/.test(code);
	return code === '' ? '(empty)' : isCode && code.length <= 50 ? code : words(code);
}

/** What kind of value it is, without the value. */
function kindOf(value) {
	if (value === null || value === undefined) return 'null';
	if (typeof value === 'boolean') return 'true or false';
	if (typeof value === 'number') return value >= 1e12 ? 'number (13 digits or more)' : 'number';
	if (typeof value !== 'string') return Array.isArray(value) ? 'list' : 'object';
	if (value === '') return 'empty text';
	if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 'text (UUID)';
	if (/^\d+$/.test(value)) return `text (${value.length} digits)`;
	if (/^[0-9a-f]{24}$/i.test(value)) return 'text (24 hexadecimal digits)';
	const isDate =
		/^\d{1,4}[-/.](\d{1,2}|[A-Z]{3})[-/.]\d{1,4}([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?[AP]M)?(Z|[+-]\d\d:?\d\d)?)?$/i;
	if (isDate.test(value)) return `text (date ${value.replace(/\d/g, '0').replace(/[A-Z]{3}/i, 'MMM')})`;
	return 'text';
}

/** A name as programs have it, and not a word that is also somewhere among the data. */
function isKeyShown(key) {
	const isName = key.length <= 50 && /^[A-Za-z_]+\d{0,3}[A-Za-z_]*\d{0,3}$/.test(key);
	return isName && (WORDS.has(key) || !data.has(key.toLowerCase()));
}

/** The keys of a value and the kinds of their values. */
function shapeOf(value, depth = 0, isFree = false) {
	if (Array.isArray(value)) {
		return value.length === 0
			? 'empty list'
			: { [`list of ${value.length}`]: shapeOf(value[0], depth + 1, isFree) };
	}
	if (!isObject(value)) return kindOf(value);
	if (depth >= MAX_DEPTH) return 'object';
	const shape = {};
	let left = 0;
	for (const [key, inner] of Object.entries(value)) {
		if (!isKeyShown(key) || (isFree && !SHOWN_IN_FREE.includes(key)) || Object.keys(shape).length >= MAX_KEYS)
			left += 1;
		else shape[key] = shapeOf(inner, depth + 1, isFree || FREE.includes(key));
	}
	if (left > 0) shape['(keys left out)'] = left;
	return shape;
}

/** A field of an item; a failure has most of its own under `details`. */
function fieldOf(item, name) {
	return item[name] ?? (isObject(item.details) ? item.details[name] : undefined);
}

/** A value that may be a word of the system. */
function shownValue(name, value) {
	if (value === undefined || value === null) return 'none';
	if (typeof value === 'boolean') return String(value);
	if (name === 'code' || name === 'httpStatus') return codeOf(value);
	return STATES.includes(name) ? words(value) : kindOf(value);
}

/** What the system said of an item: its codes, states and words. */
function saidOf(item) {
	const said = {};
	for (const name of ['httpStatus', 'code', ...STATES]) {
		const value = fieldOf(item, name);
		if (value !== undefined && value !== null)
			said[name] = typeof value === 'boolean' ? value : shownValue(name, value);
	}
	const vendorMessage = fieldOf(item, 'vendorMessage');
	if (vendorMessage !== undefined) said.message = words(vendorMessage);
	return said;
}

const { system, ids, added, steps } = $('Expected results').first().json;
const settings = $('Settings').first().json;
const textOf = (value) => String(value ?? '').trim();
const missing = Object.entries(ids)
	.filter(([name, { required }]) => required && textOf(settings[name]) === '')
	.map(([name]) => name);
const target = textOf(settings[Object.keys(ids).find((name) => ids[name].isTarget)]);

const itemsOf = (node) =>
	$(node).isExecuted
		? $(node)
				.all()
				.map(({ json }) => json)
		: undefined;
const isFailure = (item) => item.error !== undefined || isObject(item.details);
const isTarget = ({ id }) => textOf(id).toLowerCase() === target.toLowerCase();

/** Every word of every text that came in, in small letters. */
const data = new Set();
function learn(value) {
	if (typeof value === 'string')
		for (const word of value.split(/[^\p{L}\p{N}_]+/u)) data.add(word.toLowerCase());
	else if (typeof value === 'object' && value !== null) Object.values(value).forEach(learn);
}
learn(settings);
for (const node of new Set(steps.map((step) => step.node))) learn(itemsOf(node));

/** What came, compared with what is expected. */
function judge({ node, lists, limit, found, values, needs, records }) {
	const all = itemsOf(node);
	if (all === undefined) return { result: 'not tried' };
	const items = all.filter((item) => Object.keys(item).length > 0);
	const item = items.find(isFailure) ?? items[0] ?? {};
	const verdict = (isAsExpected) => (records ? 'recorded' : isAsExpected ? 'as expected' : 'differs');
	const inconclusive = (came) => ({ result: 'inconclusive', came, item });
	const failed = isFailure(item)
		? `a failure, outcome ${shownValue('outcome', fieldOf(item, 'outcome'))}`
		: undefined;

	if (lists === 'any') return { result: verdict(!failed), came: failed ?? `${items.length} listed`, item };
	if (needs) {
		const source = (itemsOf('Get') ?? [])[0] ?? {};
		if (isFailure(source)) return inconclusive('Get did not find the process');
		if (textOf(source[needs]) === '') return inconclusive(`the process has no ${needs}`);
	}
	// Whatever kept the node from asking is no difference of the system; the step Credential shows a login that fails.
	if (fieldOf(item, 'outcome') === 'notSent') return inconclusive('nothing was sent');
	if (lists !== undefined) {
		if (failed) return { result: verdict(false), came: failed, item };
		const listed = items.find(isTarget);
		const came = `${items.length} listed, the process ${listed ? '' : 'not '}among them`;
		if (!listed && items.length >= limit) return inconclusive(`${came}; there may be more`);
		return { result: verdict(Boolean(listed) === lists), came, item: listed ?? item };
	}
	if (found || items.length === 0) {
		return {
			result: verdict(found && items.length > 0 && !failed),
			came: failed ?? (items.length > 0 ? 'found' : 'nothing'),
			item,
		};
	}
	const told = Object.entries(values).map(([name, wanted]) => {
		const value = fieldOf(item, name) ?? null;
		// What is compared with is no secret, so it may be shown where it came.
		const isWanted = wanted.some((one) => (one === null ? value === null : String(one) === String(value)));
		const isShown = isWanted && value !== null && value !== '';
		return { name, isWanted, text: `${name} ${isShown ? String(value) : shownValue(name, value)}` };
	});
	const texts = told.map(({ text }) => text);
	if (failed && !told.some(({ name }) => name === 'outcome')) texts.unshift(failed);
	return { result: verdict(told.every(({ isWanted }) => isWanted)), came: texts.join(', '), item };
}

const rows = steps.map((step) => {
	const { result, came, item } = judge(step);
	const row = {
		step: step.name ?? step.node,
		result,
		expected: step.expected,
		...(came !== undefined && { came }),
	};
	if (item === undefined || step.name) return row;
	const said = saidOf(item);
	if (Object.keys(said).length > 0 && (step.lists === undefined || isFailure(item))) row.said = said;
	if (step.shape && Object.keys(item).length > 0 && !isFailure(item)) {
		const given = Object.entries(item).filter(([key]) => !added.includes(key));
		row.shape = shapeOf(Object.fromEntries(given));
	}
	return row;
});

const named = (result) => rows.filter((row) => row.result === result).map(({ step }) => step);
const differs = named('differs');
const unclear = named('inconclusive');
const untried = named('not tried');
const tried = rows.length - untried.length;

function topLine() {
	if (missing.length > 0) return `nothing was sent. Enter ${missing.join(', ')} in the node Settings.`;
	const verdict =
		differs.length === 0
			? 'all as expected'
			: `${differs.length} of ${tried} steps differ: ${differs.join('; ')}`;
	const doubt = unclear.length === 0 ? '' : ` Inconclusive: ${unclear.join('; ')}.`;
	const rest =
		untried.length === 0
			? ''
			: ` ${untried.length} steps were not tried because terminate is off in the node Settings.`;
	return `${verdict}.${doubt}${rest}`;
}

const result = `${system}: ${topLine()}`;
const version = textOf(settings.systemVersion).replace(/\s+/g, ' ').slice(0, 60);
const lines = (missing.length > 0 ? [] : rows).map(
	({ step, result: verdict, expected, came }) =>
		`- ${step}: ${verdict}. Expected: ${expected}.${came === undefined ? '' : ` Actual: ${came}.`}`,
);
const details = rows
	.filter(({ said, shape }) => said || shape)
	.map(({ step, said, shape }) => ({ step, said, shape }));
const report = [
	result,
	'',
	`Checked on ${new Date().toISOString().slice(0, 10)}, system version: ${version === '' ? 'not given' : version}`,
	...(lines.length === 0 ? [] : ['', ...lines, '', '```json', JSON.stringify(details, null, 1), '```']),
].join('\n');

return [
	{
		json: {
			result,
			allAsExpected: differs.length === 0 && missing.length === 0,
			differs,
			report,
			steps: rows,
		},
	},
];
