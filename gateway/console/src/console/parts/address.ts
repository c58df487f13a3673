export const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whether a text has the form of an e-mail address. */
export const isAddress = (text: string) => ADDRESS.test(text.trim());
