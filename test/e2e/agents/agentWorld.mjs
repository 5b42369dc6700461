import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { DEMO, EXAMPLES } from '../../../demo/paths.mjs';
import { SYSTEMS } from '../../../demo/scenario.mjs';
import { credentialsFor } from '../../../demo/stage.mjs';
import { leadingTo, locator, ours, PACKAGE } from '../../../demo/workflow.mjs';
import { openWorld } from '../../../demo/world.mjs';
import { startModel } from './modelEndpoint.mjs';

const { NodeHelpers, nodeNameToToolName } = createRequire(`${DEMO}/package.json`)('n8n-workflow');

/** The node that n8n uses in place of the agent when a user tries a single tool. */
const TOOL_EXECUTOR = 'PartialExecutionToolExecutor';

/** The systems' own names for the states that are compared. */
const STANDINGS = {
	active: 'running',
	Runnable: 'running',
	Suspended: 'suspended',
	Terminated: 'terminated',
};

const MODEL_CREDENTIAL = { id: 'openAiAccount001', name: 'OpenAI account', type: 'openAiApi' };
/** A made-up key, which must not appear in any log or execution. */
export const MODEL_KEY = 'key-of-the-scripted-model';

/**
 * A field that the model fills in, as n8n's button "Let the model define this parameter" writes it.
 *
 * @param {string} key the name of the argument for the model
 * @param {string} [type]
 */
export const fromModel = (key, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;

/**
 * One of our nodes as a tool of an agent.
 *
 * @typedef {object} Tool
 * @property {keyof typeof SYSTEMS} system also the name of its node
 * @property {object} parameters
 * @property {string} [name] by default the name that the editor gives it
 * @property {object} [settings] of the node, such as `onError`
 * @property {{ id: string, name: string, type: string }} [credential] by default the one that works
 */

/** A real n8n with agents whose model follows a script, and the sandbox. */
export class AgentWorld {
	/** @type {import('../../../demo/world.mjs').World} */
	world;

	#model;

	#types;

	#secrets = [];

	/**
	 * @param {{ name: string, lacking?: Array<{ system: string, as: string }>, examples?: string[] }} options `lacking`:
	 * additional credentials, by their names in the sandbox; `examples`: files of examples/ to import
	 */
	static async open({ name, lacking = [], examples = [] }) {
		const agents = new AgentWorld();
		agents.world = await openWorld({
			name,
			command: 'npm run e2e:agents',
			// The most detailed log is searched for secrets as well.
			settings: { N8N_LOG_LEVEL: 'debug' },
		});
		try {
			await agents.#start({ lacking, examples });
		} catch (error) {
			await agents.close();
			throw error;
		}
		return agents;
	}

	async #start({ lacking, examples }) {
		this.#model = await startModel();
		const { control } = this;
		const vendors = await control.vendors();
		const further = lacking.map(({ system, as }) => ({
			...AgentWorld.credential(system, as),
			data: vendors[system].credentials[as],
		}));
		const credentials = [...(await credentialsFor(control)), ...further];
		this.#secrets = [...secretsIn(credentials), MODEL_KEY];
		await this.n8n.importCredentials([
			...credentials,
			{ ...MODEL_CREDENTIAL, data: { apiKey: MODEL_KEY, url: this.#model.url } },
		]);
		for (const example of examples) {
			await this.n8n.command('import:workflow', `--input=${join(EXAMPLES, example)}`);
		}
		await this.n8n.start();
		await this.n8n.signIn();
		const types = await (await this.n8n.rest('GET', '/types/nodes.json')).json();
		this.#types = new Map(types.map((type) => [type.name, type]));
	}

	/** The reference to an additional credential of a system. */
	static credential(system, as) {
		const { type } = SYSTEMS[system].credential;
		return { id: `${system.slice(0, 4)}${as}`.slice(0, 16), name: as, type };
	}

	get n8n() {
		return this.world.n8n;
	}

	get control() {
		return this.world.sandbox.control;
	}

	get model() {
		return this.#model.model;
	}

	get secrets() {
		return this.#secrets;
	}

	/** Adds running instances to a system and returns their IDs. */
	async seed(system, count, options) {
		return (await this.control.seed(system, count, options)).ids;
	}

	/** The states of instances in the system itself: running, terminated, killed or suspended. */
	async states(system, ids) {
		const instances = await this.control.instances(system);
		return ids.map((id) => STANDINGS[instances[id]?.state] ?? instances[id]?.state);
	}

	/** The description of a node type that the editor gets. */
	typeOf(name) {
		return this.#types.get(name);
	}

	async close() {
		this.#model?.close();
		await this.world.close();
	}

	/** The name of a tool for the model. @param {Tool} tool */
	toolName(tool) {
		return nodeNameToToolName(this.node(tool).name);
	}

	/** The tool as a node of a workflow. @param {Tool} tool */
	node({ system, parameters, name, settings, credential }) {
		const type = `${PACKAGE}.${system}Tool`;
		return {
			id: `tool-${system}-${parameters.resource}-${parameters.operation}-${name ?? ''}`,
			typeVersion: 1,
			position: [400, 300],
			...ours({
				system,
				credential,
				type,
				name: name ?? NodeHelpers.makeNodeName(parameters, this.typeOf(type)),
				parameters,
				...settings,
			}),
		};
	}

	/**
	 * Saves a workflow in which an agent has these tools, and returns the arguments for `n8n.launch`.
	 *
	 * @param {Tool[]} tools
	 * @param {{ model?: object, chats?: boolean }} [options] `model`: parameters of the OpenAI Chat Model; `chats`: the agent
	 * is asked in n8n's chat and answers there
	 */
	async saveAgent(tools, { model = {}, chats = false } = {}) {
		const nodes = tools.map((tool) => this.node(tool));
		const agent = 'AI Agent';
		const trigger = 'Start';
		const answer = 'Reply in the chat';
		const saved = await this.n8n.json('POST', '/rest/workflows', {
			name: 'Agent under test',
			settings: { executionOrder: 'v1' },
			nodes: [
				...(chats
					? [
							chatNode(trigger, 'chatTrigger', 1.5, { options: { responseMode: 'responseNodes' } }),
							chatNode(answer, 'chat', 1.3, { message: '={{ $json.output }}', options: {} }),
						]
					: [node(trigger, 'n8n-nodes-base.manualTrigger', 1, {})]),
				node(agent, '@n8n/n8n-nodes-langchain.agent', 3.1, {
					...(!chats && { promptType: 'define', text: 'End what the script says.' }),
					options: { returnIntermediateSteps: true },
				}),
				{
					...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, {
						model: locator('id', 'gpt-5-mini'),
						options: {},
						...model,
					}),
					credentials: { openAiApi: { id: MODEL_CREDENTIAL.id, name: MODEL_CREDENTIAL.name } },
				},
				...nodes,
			],
			connections: {
				[trigger]: leadingTo([agent]),
				...(chats && { [agent]: leadingTo([answer]) }),
				Model: { ai_languageModel: [[{ node: agent, type: 'ai_languageModel', index: 0 }]] },
				...Object.fromEntries(
					nodes.map(({ name }) => [name, { ai_tool: [[{ node: agent, type: 'ai_tool', index: 0 }]] }]),
				),
			},
		});
		return { id: saved.id, name: saved.name, trigger };
	}

	/**
	 * Runs an agent with these tools; the model makes these calls.
	 *
	 * @param {Tool[]} tools
	 * @param {import('./modelEndpoint.mjs').Turn[]} turns
	 * @param {{ model?: object }} [options]
	 */
	async runAgent(tools, turns, options) {
		const workflow = await this.saveAgent(tools, options);
		this.model.play(turns);
		const executionId = await this.n8n.launch(workflow);
		const execution = await this.n8n.ended(executionId, { orWaits: true });
		const { error } = execution.resultData;
		return {
			execution,
			stoppedBy: error && `${error.node?.name}: ${error.message}`,
			offered: this.model.offered,
			results: this.model.results,
		};
	}

	/**
	 * Calls a tool as the editor does when a user tries it without its agent; n8n's routing engine runs it.
	 *
	 * @param {Tool} tool
	 * @param {object} args
	 * @returns {Promise<string>} the result that a model would get
	 */
	async tryTool(tool, args) {
		const workflow = await this.saveAgent([tool]);
		const name = this.toolName(tool);
		const { executionId } = await this.n8n.json('POST', `/rest/workflows/${workflow.id}/run`, {
			triggerToStartFrom: { name: workflow.trigger },
			destinationNode: { nodeName: this.node(tool).name, mode: 'inclusive' },
			agentRequest: { query: { [name]: args }, tool: { name } },
		});
		const { resultData } = await this.n8n.ended(executionId, { orWaits: true });
		if (resultData.error) return resultData.error.message;
		return resultData.runData[TOOL_EXECUTOR][0].data.main[0][0].json;
	}

	/** Publishes a workflow, so that its addresses answer. */
	async publish({ id, versionId }) {
		await this.n8n.json('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** Everything that n8n keeps of every execution in its database. */
	async allExecutions() {
		const texts = [];
		let cursor;
		do {
			const page = `/rest/executions?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
			const { results, nextCursor } = await this.n8n.json('GET', page);
			for (const { id } of results) {
				texts.push(await (await this.n8n.rest('GET', `/rest/executions/${id}`)).text());
			}
			cursor = nextCursor;
		} while (cursor);
		return texts;
	}
}

function node(name, type, typeVersion, parameters) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

/** A node of n8n's chat. Its address has its webhook ID in it. */
function chatNode(name, type, typeVersion, parameters) {
	return {
		...node(name, `@n8n/n8n-nodes-langchain.${type}`, typeVersion, parameters),
		webhookId: randomUUID(),
	};
}

/** Values that must not appear anywhere: passwords, keys and tokens of credentials, and the secret parts of addresses. */
function secretsIn(credentials) {
	return credentials
		.flatMap(({ data }) => [
			...['password', 'accessToken', 'apiKey', 'appSecret', 'value'].map((key) => data[key]),
			data.webhookUrl && new URL(data.webhookUrl).pathname.split('/').filter(Boolean).at(-1),
		])
		.filter(Boolean);
}
