// The mesh of from_gmsh.prm:
//   gmsh -2 -format msh22 trapezoid.geo -o trapezoid.msh
// Quadrilaterals; physical curves become boundary ids.
h = 0.25;
Point(1) = {0, 0, 0, h};
Point(2) = {2, 0, 0, h};
Point(3) = {1.5, 1, 0, h};
Point(4) = {0.3, 1, 0, h};
Line(1) = {1, 2};
Line(2) = {2, 3};
Line(3) = {3, 4};
Line(4) = {4, 1};
Curve Loop(1) = {1, 2, 3, 4};
Plane Surface(1) = {1};
Recombine Surface{1};
Mesh.RecombinationAlgorithm = 3;
Physical Curve(1) = {1};
Physical Curve(2) = {2, 4};
Physical Curve(3) = {3};
Physical Surface(1) = {1};
