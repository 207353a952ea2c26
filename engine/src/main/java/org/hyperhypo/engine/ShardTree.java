package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;

/// A sum over shards 0 … S−1 of a batch, S a power of two, in the order of a complete binary tree:
///
/// ```
/// S = 4:   (g0 + g1) + (g2 + g3)
/// ```
///
/// Whoever holds neighbouring shards adds them as far as they form complete subtrees; what is left are few [Node]s, and adding those gives the same bits
/// however the shards were dealt out. T is a mutable sum; `add` may write its result into its first argument.
public final class ShardTree<T> {
    private final BinaryOperator<T> add;
    private final List<Node<T>> nodes = new ArrayList<>();
    private int next;

    /// The sum of shards [from, from + width), a complete subtree: width is a power of two and divides from.
    public record Node<T>(int from, int width, T sum) {
        boolean isLeftSiblingOf(Node<T> other) {
            return other.width == width && other.from == from + width && from % (2 * width) == 0;
        }
    }

    /// @param from  number of the first shard that will be pushed
    public ShardTree(int from, BinaryOperator<T> add) {
        this.next = from;
        this.add = add;
    }

    /// Takes the next shard.
    public void push(T shard) {
        push(new Node<>(next, 1, shard));
    }

    /// The complete subtrees of what was pushed, in order.
    public List<Node<T>> nodes() {
        return List.copyOf(nodes);
    }

    /// The sum over all shards from the nodes of all processes.
    public static <T> T total(List<Node<T>> all, int shards, BinaryOperator<T> add) {
        ShardTree<T> tree = new ShardTree<>(0, add);
        all.stream().sorted(Comparator.comparingInt(Node::from)).forEach(tree::push);
        if (tree.nodes.size() != 1 || tree.next != shards) {
            throw new AssertionError("nodes " + tree.nodes + " are not the " + shards + " shards");
        }
        return tree.nodes.getFirst().sum();
    }

    private void push(Node<T> node) {
        if (node.from() != next) {
            throw new AssertionError("shard " + node.from() + " after shard " + (next - 1));
        }
        next += node.width();
        nodes.add(node);
        while (nodes.size() > 1 && nodes.get(nodes.size() - 2).isLeftSiblingOf(nodes.getLast())) {
            Node<T> right = nodes.removeLast();
            Node<T> left = nodes.removeLast();
            nodes.add(new Node<>(left.from(), 2 * left.width(), add.apply(left.sum(), right.sum())));
        }
    }
}
