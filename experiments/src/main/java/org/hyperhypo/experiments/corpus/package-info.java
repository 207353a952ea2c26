/// Corpora: the synthetic connected-digits corpus, spoken by FreeTTS.
package org.hyperhypo.experiments.corpus;
