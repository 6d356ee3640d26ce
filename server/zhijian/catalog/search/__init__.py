"""How people's words find items: text.py makes words comparable, ranking.py decides the order. Both are pure."""
