/// Downloads of known corpora, as they are unpacked, turned into data folders. [Corpora] lists the kinds; each has a small file of its own.
package org.hyperhypo.asr.prepare;
