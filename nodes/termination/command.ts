import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Contract } from './contract';
import type { IdentifierRule } from './identifiers';
import type { CommandOptions } from './options';

/** Reads a node parameter of one item; a resource locator comes as its value. */
export type ParameterReader = (name: string) => unknown;

/** n8n's plain HTTP helper, as far as a login needs it. */
export type HttpRequest = (options: IHttpRequestOptions) => Promise<unknown>;

/** Credential data as n8n hands it out, decrypted. */
export type CredentialData = Readonly<ICredentialDataDecryptedObject>;

/** How one vendor is reached with one credential type. */
export interface Connection {
	credentialType: string;
	/** Where requests go. Throws CredentialRefusal when the credential's address is no good. */
	baseUrl(credentials: CredentialData): string;
	/** Texts that must not show up in any output. */
	secrets(credentials: CredentialData): string[];
	/** HTTP statuses that n8n itself must see, because it renews a session on them. */
	renewedByN8n: readonly number[];
	/**
	 * Sees to it that the next request has another session, where n8n's own renewal does not or did not help. Gives `none`
	 * when there is none to get; rejects with CredentialRefusal when the login is refused.
	 */
	renew?(credentials: CredentialData, request: HttpRequest): Promise<'none' | undefined>;
}

/** A command as one vendor's node offers it: the contract and how its parameters are read. */
export interface CommandDefinition<Settings> {
	contract: Contract<Settings>;
	/** The parameter that holds one ID or several. */
	identifier: IdentifierRule & { name: string };
	/** What the targets of one item need beside their IDs. Throws ParameterRefusal. */
	settings(read: ParameterReader, options: CommandOptions): Settings;
	/** How the vendor is reached, by what the node's parameters choose. */
	connection(read: ParameterReader): Connection;
}
