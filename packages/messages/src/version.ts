/** Version of everything that crosses between processes. Processes of different versions refuse each other. */
export const PROTOCOL_VERSION = 2;
