import { ICredentialsHelper } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentials,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** Looks up a credential class by its type name; also n8n's own oAuth2Api where ours extends it. */
export type CredentialTypes = (name: string) => ICredentialType;

/** Credential data by type, as n8n keeps it for all its workers. */
export type CredentialStore = Map<string, ICredentialDataDecryptedObject>;

/**
 * The part of n8n that keeps credentials, without a database: calls the real credential classes and keeps what they
 * return the way n8n keeps it (n8n's own helper is not part of n8n-core).
 */
export class MemoryCredentials extends ICredentialsHelper {
	/** How often a credential was written back. */
	saved = 0;

	private readonly types: CredentialTypes;

	/** @param store what is in it already counts */
	constructor(
		types: CredentialTypes,
		data: Record<string, IDataObject>,
		private readonly store: CredentialStore = new Map(),
	) {
		super();
		this.types = types;
		for (const [type, values] of Object.entries(data)) {
			if (!store.has(type)) store.set(type, { ...values } as ICredentialDataDecryptedObject);
		}
	}

	/** What is stored now. */
	stored(type: string): ICredentialDataDecryptedObject {
		return this.store.get(type) ?? {};
	}

	override getParentTypes(name: string): string[] {
		return this.types(name).extends ?? [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.types(type).properties;
	}

	override async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('Not used: getDecrypted hands out the data'));
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.store.get(type);
		if (!data) throw new Error(`No credential of type ${type} in this test`);
		const defaults = Object.fromEntries(
			this.types(type).properties.map((property) => [property.name, property.default]),
		);
		return structuredClone({ ...defaults, ...data }) as ICredentialDataDecryptedObject;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		const headers = authenticate?.properties.headers ?? {};
		const resolved = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, resolve(String(value), credentials)]),
		);
		return { ...requestOptions, headers: { ...requestOptions.headers, ...resolved } };
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication, properties } = this.types(typeName);
		const expirable = properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (!expirable || !preAuthentication) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = await preAuthentication.call(helpers, credentials);
		if (output[expirable.name] === undefined) return undefined;
		this.save(typeName, output);
		return Object.assign(credentials, output);
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async updateCredentials(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.save(type, data);
	}

	override async updateCredentialsOauthTokenData(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.save(type, data);
	}

	private save(type: string, data: IDataObject): void {
		this.saved += 1;
		this.store.set(type, { ...this.stored(type), ...data } as ICredentialDataDecryptedObject);
	}
}

/** The one form of expression that generic authentication here uses. */
function resolve(value: string, credentials: ICredentialDataDecryptedObject): string {
	if (!value.startsWith('=')) return value;
	return value
		.slice(1)
		.replace(/\{\{\s*\$credentials\.(\w+)\s*\}\}/g, (_, name: string) => String(credentials[name] ?? ''));
}
