/// The map: many networks that differ in how they were made, and what hyper and hypo neurons are good for in each of them.
package org.hyperhypo.experiments.recipe.map;
