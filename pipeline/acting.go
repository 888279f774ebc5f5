package pipeline

import (
	"cmp"
	"context"

	"corvee/store"
)

// Acting is who acts, and into which collection. What is empty is the Pipeline's own: its
// actor, the default collection for what is new.
type Acting struct{ Actor, Collection string }

type actingKey struct{}

// As returns a context in which a use case is somebody's act. It carries what a server
// learns with each request; a command has one actor and needs none.
func As(ctx context.Context, a Acting) context.Context { return context.WithValue(ctx, actingKey{}, a) }

func acting(ctx context.Context) Acting {
	a, _ := ctx.Value(actingKey{}).(Acting)
	return a
}

// Carry returns onto with who acts and what may be seen under another context: for work that
// outlives the request which asked for it.
func Carry(onto, from context.Context) context.Context {
	if collections, limited := store.Scope(from); limited {
		onto = store.Within(onto, collections)
	}
	return As(onto, acting(from))
}

// By returns the id of the actor of what is done under a context.
func (p *Pipeline) By(ctx context.Context) string { return cmp.Or(acting(ctx).Actor, p.Actor) }

// into is the collection of what a use case is about; events and inputs name it.
func into(ctx context.Context) string {
	return cmp.Or(acting(ctx).Collection, store.Home(ctx))
}
