package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class ShardTreeTest {
    private static final BinaryOperator<String> ADD = (a, b) -> "(" + a + "+" + b + ")";

    @Test
    void anyNumberOfProcessesAddsInTheSameOrder() {
        for (int shards = 1; shards <= 32; shards *= 2) {
            String one = sum(shards, 1);
            for (int size = 2; size <= shards; size++) {
                assertEquals(one, sum(shards, size), shards + " shards on " + size + " processes");
            }
        }
    }

    @Test
    void theOrderIsACompleteBinaryTree() {
        assertEquals("((0+1)+(2+3))", sum(4, 3));
    }

    @Test
    void neighboursAreAddedBeforeTheyTravel() {
        ShardTree<String> tree = new ShardTree<>(2, ADD);
        for (int shard = 2; shard < 8; shard++) {
            tree.push(Integer.toString(shard));
        }
        assertEquals(List.of("(2+3)", "((4+5)+(6+7))"), tree.nodes().stream().map(ShardTree.Node::sum).toList());
    }

    @Test
    void aMissingShardIsNoticed() {
        ShardTree<String> tree = new ShardTree<>(1, ADD);
        tree.push("1");
        AssertionError e = assertThrows(AssertionError.class, () -> ShardTree.total(tree.nodes(), 2, ADD));
        assertTrue(e.getMessage().contains("shard 1 after shard -1"), e.getMessage());
    }

    private static String sum(int shards, int size) {
        List<ShardTree.Node<String>> all = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            ShardTree<String> tree = new ShardTree<>(rank * shards / size, ADD);
            for (int shard = rank * shards / size; shard < (rank + 1) * shards / size; shard++) {
                tree.push(Integer.toString(shard));
            }
            all.addAll(tree.nodes());
        }
        return ShardTree.total(all.reversed(), shards, ADD);
    }
}
